/** A pane that fails takes no other with it. */
import { Component, type ReactNode } from 'react'
import { strings } from '../lib/strings.js'
import { Button } from './button.js'

const t = strings(
  {
    title: 'This part could not be shown',
    text: 'Your messages are safe; the rest of Mangrove goes on working.',
    again: 'Try again'
  },
  {
    title: 'Dieser Teil ließ sich nicht anzeigen',
    text: 'Deine Nachrichten sind sicher; der Rest von Mangrove läuft weiter.',
    again: 'Noch einmal versuchen'
  }
)

interface Props {
  children: ReactNode
  /** Another one starts afresh. */
  resetKey?: string | null
}

export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.setState({ failed: false })
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div role="alert" className="flex h-full flex-col items-center justify-center gap-1 p-6 text-center">
        <p className="font-semibold">{t.title}</p>
        <p className="max-w-80 text-mid text-text-2">{t.text}</p>
        <Button className="mt-3" onClick={() => this.setState({ failed: false })}>
          {t.again}
        </Button>
      </div>
    )
  }
}
