/** The vendor's stand-in, as its control routes show it; see tests/simulator/README.md. */
export class Simulator {
  constructor(private readonly url: string) {}

  /** Lets so many seconds of the vendor's time pass at once. */
  async advance(seconds: number): Promise<void> {
    await this.call('clock', { advance_s: seconds });
  }

  /** How many creations with this prompt were accepted. */
  async creations(prompt: string): Promise<number> {
    const figures = (await this.call('figures')) as { creations: { body: { input?: { prompt?: string } } }[] };
    return figures.creations.filter(({ body }) => body.input?.prompt === prompt).length;
  }

  private async call(path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${this.url}/_simulator/${path}`, init);
    if (!answer.ok) throw new Error(`_simulator/${path}: HTTP ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}
