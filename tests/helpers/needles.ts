/** Looks for a secret text in files and in memory, in the forms in which bytes like to leak. */
import { closeSync, createReadStream, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** A secret as it is, in UTF-16, base64 and hex, whatever it stands beside. */
export class Needle {
  readonly forms: readonly (readonly [form: string, bytes: Buffer])[]

  constructor(
    readonly name: string,
    secret: string | Buffer
  ) {
    const bytes = Buffer.from(secret as string)
    const hex = bytes.toString('hex')
    this.forms = [
      ['plain', bytes],
      ['UTF-16', Buffer.from(bytes.toString('latin1'), 'utf16le')],
      ['hex', Buffer.from(hex)],
      ['upper hex', Buffer.from(hex.toUpperCase())],
      ...[0, 1, 2].flatMap((offset) => base64Forms(bytes, offset))
    ]
  }

  /** The forms that are in these bytes. */
  in(bytes: Buffer): string[] {
    return this.forms.filter(([, form]) => bytes.includes(form)).map(([form]) => form)
  }

  get longest(): number {
    return Math.max(...this.forms.map(([, bytes]) => bytes.byteLength))
  }
}

/** Base64 of what stands `offset` bytes into a group of three, without the characters that neighbours change. */
function base64Forms(bytes: Buffer, offset: number): [string, Buffer][] {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes])
  const whole = padded.subarray(0, padded.byteLength - (padded.byteLength % 3))
  const skip = offset === 0 ? 0 : 4
  return [
    [`base64+${offset}`, Buffer.from(whole.toString('base64').slice(skip))],
    [`base64url+${offset}`, Buffer.from(whole.toString('base64url').slice(skip))]
  ]
}

export interface Find {
  readonly where: string
  readonly needle: string
  readonly form: string
}

export function findInText(where: string, text: string, needles: readonly Needle[]): Find[] {
  return findInBytes(where, Buffer.from(text), needles)
}

/** In all files below a folder, their names included. */
export function findInFolder(folder: string, needles: readonly Needle[]): Find[] {
  const finds: Find[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    finds.push(...findInText(`name of ${path}`, entry.name, needles))
    if (entry.isFile()) finds.push(...findInBytes(path, readFileSync(path), needles))
  }
  return finds
}

/** In a file of any size. */
export async function findInFile(path: string, needles: readonly Needle[]): Promise<Find[]> {
  const finds: Find[] = []
  const overlap = Math.max(...needles.map(({ longest }) => longest))
  let before: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.concat([before, chunk])
    finds.push(...findInBytes(path, bytes, needles))
    before = bytes.subarray(-overlap)
  }
  return finds
}

/** In all memory of a process that can be read: its heap, native buffers and stacks. Linux only. */
export function findInMemory(pid: number, needles: readonly Needle[]): Find[] {
  const finds: Find[] = []
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const region of regionsOf(pid)) finds.push(...findInRegion(memory, region, needles))
  } finally {
    closeSync(memory)
  }
  return finds
}

interface Region {
  readonly name: string
  readonly start: number
  readonly end: number
}

function regionsOf(pid: number): Region[] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, start, end, mode, name] = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)$/.exec(line) ?? []
      if (!start || !end || !mode?.startsWith('rw')) return []
      return [{ name: name || 'anonymous', start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) }]
    })
}

const WINDOW = 1 << 22

function findInRegion(memory: number, { name, start, end }: Region, needles: readonly Needle[]): Find[] {
  const finds: Find[] = []
  const overlap = Math.max(...needles.map(({ longest }) => longest))
  const window = Buffer.alloc(WINDOW)
  for (let at = start; at < end; at += WINDOW - overlap) {
    const bytes = readWindow(memory, window, at, Math.min(WINDOW, end - at))
    finds.push(...findInBytes(`memory (${name})`, bytes, needles))
  }
  return finds
}

/** Empty where the system does not let this be read, or where it went away meanwhile. */
function readWindow(memory: number, window: Buffer, at: number, length: number): Buffer {
  try {
    return window.subarray(0, readSync(memory, window, 0, length, at))
  } catch {
    return window.subarray(0, 0)
  }
}

function findInBytes(where: string, bytes: Buffer, needles: readonly Needle[]): Find[] {
  return needles.flatMap((needle) => needle.in(bytes).map((form) => ({ where, needle: needle.name, form })))
}
