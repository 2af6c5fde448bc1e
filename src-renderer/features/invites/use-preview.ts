import { useEffect, useState } from 'react'
import type { InvitePreviewView } from '../../../src-preload/contract/index.js'
import { call } from '../../bridge.js'
import { BridgeError } from '../../lib/bridge-error.js'
import { failureText } from '../../lib/failures.js'
import { findInvite } from './find-invite.js'
import { t } from './strings.js'

export type Preview =
  | { status: 'none' }
  | { status: 'wrong'; why: string }
  | { status: 'ready'; link: string; invite: InvitePreviewView }

const NONE: Preview = { status: 'none' }

/** What a pasted text would join, read on this computer alone. */
export function usePreview(text: string): Preview {
  const [preview, setPreview] = useState<Preview>(NONE)
  const pasted = text.trim()
  useEffect(() => {
    let current = true
    setPreview(NONE)
    if (pasted) void ask(findInvite(pasted)).then((answer) => current && setPreview(answer))
    return () => {
      current = false
    }
  }, [pasted])
  return preview
}

async function ask(link: string): Promise<Preview> {
  try {
    return { status: 'ready', link, invite: await call('rooms.preview', { link }) }
  } catch (error) {
    return { status: 'wrong', why: wordsFor(BridgeError.from(error)) }
  }
}

function wordsFor(error: BridgeError): string {
  if (error.code === 'INVITE_NEWER') return t.newer
  if (error.code === 'INVITE_INVALID' || error.code === 'BAD_ARGUMENT') return t.invalid
  return t.checkFailed(failureText(error))
}
