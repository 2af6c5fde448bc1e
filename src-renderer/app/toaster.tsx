/** Notices at the lower edge; F8 leads to them. */
import { Toast } from 'radix-ui'
import { strings } from '../lib/strings.js'
import { dropToast, useToasts } from '../state/toasts.js'
import { cx } from '../ui/cx.js'

const t = strings({ notices: 'Notices ({hotkey})' }, { notices: 'Hinweise ({hotkey})' })

const SHOWN_MS = { quiet: 4000, bad: 9000 }

export function Toaster() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <Toast.Provider label={t.notices}>
      {toasts.map(({ id, tone, text }) => (
        <Toast.Root
          key={id}
          duration={SHOWN_MS[tone]}
          onOpenChange={(open) => open || dropToast(id)}
          className={cx(
            'animate-rise rounded-m border border-line bg-raise px-3.5 py-2.5 text-mid shadow-float',
            tone === 'bad' && 'text-bad'
          )}
        >
          <Toast.Description>{text}</Toast.Description>
        </Toast.Root>
      ))}
      <Toast.Viewport
        label={t.notices}
        className="fixed bottom-22 left-1/2 z-50 flex w-max max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col items-center gap-2 outline-none"
      />
    </Toast.Provider>
  )
}
