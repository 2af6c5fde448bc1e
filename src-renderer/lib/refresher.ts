/** Runs one query for any burst of wishes: at once when idle, then at most one at a time with a pause between. */
export class Refresher {
  private running = false
  private wanted = false

  constructor(
    private readonly query: () => Promise<void>,
    private readonly pauseMs: number
  ) {}

  /** Never throws; a query that fails is asked again with the next wish. */
  want(): void {
    this.wanted = true
    if (!this.running) void this.run()
  }

  private async run(): Promise<void> {
    this.running = true
    while (this.wanted) {
      this.wanted = false
      await this.query().catch(() => undefined) // the connection says so itself, and the next event asks again
      await new Promise((resolve) => setTimeout(resolve, this.pauseMs))
    }
    this.running = false
  }
}
