/** An invite as people paste it: alone, in a sentence, or broken over lines by a mail program. */
const INVITE = /mangrove:\/\/join\/[A-Za-z0-9_-]+/i

/** The link in the text; without one the text itself, so that the answer says what is wrong with it. */
export function findInvite(text: string): string {
  const found = INVITE.exec(text) ?? INVITE.exec(text.replace(/\s+/gu, ''))
  return found ? found[0].replace(/^mangrove:/i, 'mangrove:') : text.trim()
}
