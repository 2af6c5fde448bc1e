import { openDialog } from '../../state/view.js'
import { Button, TextButton } from '../../ui/button.js'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { InviteField } from '../invites/invite-field.js'
import { NetworkBand } from '../network/network-band.js'
import { t } from './strings.js'

/** No room yet: two ways on, and a field that takes an invite at once. */
export function FirstRoom() {
  return (
    <main className="flex h-full min-h-0 flex-col bg-page">
      <NetworkBand />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-6 py-10">
        <div className="m-auto w-full max-w-110">
          <RootsGlyph count={3} size={44} />
          <h1 className="mt-5 text-display font-semibold tracking-title">{t.first}</h1>
          <p className="mt-1 text-title leading-[23px] text-text-2">{t.firstText}</p>
          <div className="mt-5 flex flex-wrap gap-2.5">
            <Button look="primary" onClick={() => openDialog({ kind: 'create-room' })}>
              {t.start}
            </Button>
            <Button onClick={() => openDialog({ kind: 'join', link: '' })}>{t.join}</Button>
          </div>
          <InviteField className="mt-6" />
          <p className="mt-5 text-mid leading-[19px] text-text-2">
            {t.rootText}{' '}
            <TextButton onClick={() => openDialog({ kind: 'add-root-peer', roomId: null })}>{t.rootAction}</TextButton>
          </p>
        </div>
      </div>
    </main>
  )
}
