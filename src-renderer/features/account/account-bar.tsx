import { useMe } from '../../state/account.js'
import { useReach } from '../../state/connection.js'
import { Avatar } from '../../ui/avatar.js'
import { cx } from '../../ui/cx.js'
import { useReachText } from '../network/reach-text.js'
import { AccountPopover } from './account-popover.js'

/** Who I am, and whether I am online: always in view. */
export function AccountBar() {
  const me = useMe()
  const reach = useReach()
  const text = useReachText()
  return (
    <header className="flex h-16 shrink-0 items-center gap-2.5 pr-4 pl-4 [--dot-ground:var(--side)]">
      <Avatar id={me.id} name={me.name} kind="person" here={reach === 'online'} />
      <div className="min-w-0 flex-1">
        <p className="truncate leading-[18px] font-semibold">
          <bdi>{me.name}</bdi>
        </p>
        <p
          role="status"
          className={cx(
            'truncate text-small tabular-nums',
            reach === 'offline' || reach === 'lost' ? 'text-warn' : 'text-text-2'
          )}
        >
          {text}
        </p>
      </div>
      <AccountPopover />
    </header>
  )
}
