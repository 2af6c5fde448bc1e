/** Windows has no signals, no file modes and no sockets in folders; tests of those are skipped there. */
export const isWindows = process.platform === 'win32'
