import { memo } from 'react'
import type { MessageView } from '../../../src-preload/contract/index.js'
import { clockTime, fullTime } from '../../lib/time.js'
import { Avatar } from '../../ui/avatar.js'
import { cx } from '../../ui/cx.js'
import { MessageState } from './message-state.js'
import { MessageText } from './message-text.js'
import { t } from './strings.js'

interface MessageRowProps {
  message: MessageView
  /** The first of its group: it names author and time. */
  head: boolean
  keepers: number
}

/** One message. Its time stands in the gutter while the pointer is on it, where the head does not say it. */
export const MessageRow = memo(function MessageRow({ message, head, keepers }: MessageRowProps) {
  return (
    <article
      className={cx('group flex gap-3 px-5 hover:bg-hover', head ? 'pt-[13px]' : 'pt-px')}
      data-message={message.id}
    >
      <div className="w-9 shrink-0">
        {head ? (
          <Avatar id={message.author.id} name={message.author.name} kind="person" />
        ) : (
          <Time
            sentAt={message.sentAt}
            className="block pt-[2px] text-end text-[10.5px] opacity-0 group-hover:opacity-100"
          />
        )}
      </div>
      <div className="min-w-0 flex-1">
        {head && (
          <p className="flex min-w-0 items-baseline gap-2 leading-5">
            <bdi className="truncate font-semibold">{message.author.name || t.unnamed}</bdi>
            <Time sentAt={message.sentAt} className="text-small" />
          </p>
        )}
        <div className="flex items-end gap-4">
          <div className="min-w-0 flex-1">
            <div className="max-w-[450px] pb-px">
              <MessageText text={message.text} />
            </div>
          </div>
          {message.state && (
            <div className="shrink-0 pb-[3.5px]">
              <MessageState state={message.state} keepers={keepers} />
            </div>
          )}
        </div>
      </div>
    </article>
  )
})

function Time({ sentAt, className }: { sentAt: number; className: string }) {
  return (
    <time
      dateTime={new Date(sentAt).toISOString()}
      title={fullTime(sentAt)}
      className={cx('shrink-0 text-text-3 tabular-nums', className)}
    >
      {clockTime(sentAt)}
    </time>
  )
}
