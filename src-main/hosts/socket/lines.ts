/** Cuts a byte stream into lines of bounded length. */

const NEWLINE = 0x0a

/** Feed it chunks; it calls back once a line, with null for one that was too long and therefore thrown away. */
export class LineSplitter {
  private parts: Buffer[] = []
  private length = 0
  private overflowed = false

  constructor(
    private readonly maxBytes: number,
    private readonly onLine: (line: string | null) => void
  ) {}

  push(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.add(chunk.subarray(start, end))
      this.finish()
      start = end + 1
    }
    if (start < chunk.length) this.add(chunk.subarray(start))
  }

  private add(part: Buffer): void {
    this.length += part.length
    if (this.length > this.maxBytes) {
      this.overflowed = true
      this.parts = []
    } else this.parts.push(part)
  }

  private finish(): void {
    const line = this.overflowed ? null : Buffer.concat(this.parts).toString('utf8')
    this.parts = []
    this.length = 0
    this.overflowed = false
    this.onLine(line)
  }
}
