/** The vendor's stand-in, as its control routes show it; see tests/simulator/README.md. */
export class Simulator {
  constructor(private readonly url: string) {}

  /** Lets so many seconds of the vendor's time pass at once. */
  async advance(seconds: number): Promise<void> {
    await this.call('clock', { advance_s: seconds });
  }

  /** How many creations with this prompt were accepted. */
  async creations(prompt: string): Promise<number> {
    return (await this.created(prompt)).length;
  }

  /** How many creations whose prompt begins so were accepted. */
  async begun(prompt: string): Promise<number> {
    const { creations } = (await this.call('figures')) as { creations: Creation[] };
    return creations.filter(({ body }) => body.input?.prompt?.startsWith(prompt)).length;
  }

  /** The vendor's own link to the first picture of a prompt. */
  async link(prompt: string): Promise<string> {
    const [creation] = await this.created(prompt);
    const task = await fetch(`${this.url}/api/v1/tasks/${creation?.task_id}`, {
      headers: { Authorization: 'Bearer sk-simulator' },
    });
    const { output } = (await task.json()) as { output: { results: { url: string }[] } };
    return output.results[0]?.url ?? '';
  }

  /** What calls for text arrived of which the last message holds `words`. */
  async said(words: string): Promise<TextCall[]> {
    const { creations } = (await this.call('figures')) as { creations: { endpoint: string; body: TextCall }[] };
    const texts = creations.filter(({ endpoint }) => endpoint === 'text.generate').map(({ body }) => body);
    return texts.filter(({ input }) => input.messages?.at(-1)?.content.includes(words));
  }

  /** Plants a fault for the next call for text whose last message holds `words`. */
  async spoil(words: string, fault: Record<string, unknown>): Promise<void> {
    await this.call('faults', { endpoint: 'text.generate', when: { prompt_contains: words }, fault });
  }

  /** What was asked for with this prompt, text or address, as the vendor received it. */
  async bodies(prompt: string): Promise<Record<string, unknown>[]> {
    const { creations } = (await this.call('figures')) as { creations: Creation[] };
    const asked = ({ body }: Creation) => {
      const input = body.input ?? body.payload?.input;
      return input?.prompt ?? input?.text ?? input?.file_urls?.[0];
    };
    return creations.filter((creation) => asked(creation) === prompt).map(({ body }) => body as Record<string, unknown>);
  }

  private async created(prompt: string): Promise<Creation[]> {
    const { creations } = (await this.call('figures')) as { creations: Creation[] };
    return creations.filter(({ body }) => body.input?.prompt === prompt);
  }

  private async call(path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${this.url}/_simulator/${path}`, init);
    if (!answer.ok) throw new Error(`_simulator/${path}: HTTP ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

interface Creation {
  task_id: string;
  body: { input?: Input; payload?: { input?: Input } };
}

interface Input {
  prompt?: string;
  text?: string;
  file_urls?: string[];
}

/** A call for text, as the vendor gets it. */
export interface TextCall {
  model: string;
  input: { messages?: { role: string; content: string }[] };
  parameters: Record<string, unknown>;
}
