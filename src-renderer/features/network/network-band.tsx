import { CloudOff, Unplug } from 'lucide-react'
import { useReach } from '../../state/connection.js'
import { t } from './strings.js'

/** One sentence across the pane while nobody is reached. Without alarm: writing goes on. */
export function NetworkBand() {
  const reach = useReach()
  const isShown = reach === 'offline' || reach === 'lost'
  return (
    <div role="status">
      {isShown && (
        <p className="flex items-start gap-2.5 border-b border-line bg-warn-soft px-5 py-2.5 text-mid text-warn">
          {reach === 'lost' ? (
            <Unplug size={16} className="mt-px shrink-0" aria-hidden />
          ) : (
            <CloudOff size={16} className="mt-px shrink-0" aria-hidden />
          )}
          {reach === 'lost' ? t.lostBand : t.offlineBand}
        </p>
      )}
    </div>
  )
}
