/** What is shown at all: the application, its first page, or why there is neither. */
import { Tooltip } from 'radix-ui'
import { LostPage, RefusedPage, WaitingPage } from '../features/onboarding/closed-page.js'
import { Welcome } from '../features/onboarding/welcome.js'
import { useAccountState } from '../state/account.js'
import { useConnection } from '../state/connection.js'
import { ErrorBoundary } from '../ui/error-boundary.js'
import { Shell } from './shell.js'
import { Toaster } from './toaster.js'

export function App() {
  return (
    <ErrorBoundary>
      <Tooltip.Provider delayDuration={500}>
        <Page />
        <Toaster />
      </Tooltip.Provider>
    </ErrorBoundary>
  )
}

function Page() {
  const bridge = useConnection((state) => state.bridge)
  const account = useAccountState(({ state }) => state.status)
  if (bridge === 'refused') return <RefusedPage />
  if (account === 'ready') return <Shell />
  if (account === 'none') return <Welcome />
  return bridge === 'lost' ? <LostPage /> : <WaitingPage />
}
