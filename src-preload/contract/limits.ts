/** Limits that the interface tells before it asks. Without imports, so that a page can have them for nothing. */
export const MAX_TEXT_BYTES = 32 * 1024
export const MAX_ROOM_NAME_BYTES = 32
export const MAX_NAME_GRAPHEMES = 64
export const MAX_PAGE = 200
