import { type APIRequestContext, expect } from '@playwright/test';

/** A job, as far as specs look at it. */
export interface Job {
  id: string;
  state: string;
  request: Record<string, unknown>;
  outputs: { n: number }[];
}

/** A batch, as far as specs look at it. */
export interface Batch {
  id: string;
  state: string;
  counts: Record<string, number>;
  spent: string;
}

/** The member's API: makes what must be there before a spec begins, and sees what the page cannot show. */
export class Studio {
  constructor(private readonly request: APIRequestContext) {}

  /** Submits a picture. */
  async submit(settings: { prompt: string } & Record<string, unknown>): Promise<Job> {
    const data = { model: 'wan2.2-t2i-flash', size: '512*512', prompt_extend: false, ...settings };
    const answer = await this.request.post('/api/jobs', {
      data,
      headers: { 'Idempotency-Key': crypto.randomUUID() },
    });
    expect([200, 202], await answer.text()).toContain(answer.status());
    return (await answer.json()) as Job;
  }

  /** Submits a picture and waits until its job has ended. */
  async finished(settings: { prompt: string } & Record<string, unknown>): Promise<Job> {
    const { id } = await this.submit(settings);
    await expect.poll(async () => (await this.job(id)).state, { timeout: 40_000 }).toMatch(/done|failed|unsure/);
    return this.job(id);
  }

  /** Submits work of any kind and waits until its job has ended. */
  async made(request: Record<string, unknown>): Promise<Job> {
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    const answer = await this.request.post('/api/jobs', { data: request, headers });
    expect([200, 202], await answer.text()).toContain(answer.status());
    const { id } = (await answer.json()) as Job;
    await expect.poll(async () => (await this.job(id)).state, { timeout: 60_000 }).toMatch(/done|failed|unsure/);
    return this.job(id);
  }

  /** Sets budgets; what is not named stays, `null` lifts one. */
  async budget(change: Record<string, unknown>): Promise<void> {
    const answer = await this.request.patch('/api/budget', { data: change });
    expect(answer.status(), await answer.text()).toBe(200);
  }

  /** What was spent this month on each kind, in yuan. */
  async spent(): Promise<Record<string, number>> {
    const answer = await this.request.get('/api/usage');
    expect(answer.status()).toBe(200);
    const { rows } = (await answer.json()) as { rows: { kind: string; spent: string }[] };
    const sums: Record<string, number> = {};
    for (const { kind, spent } of rows) sums[kind] = (sums[kind] ?? 0) + Number(spent);
    return sums;
  }

  async job(id: string): Promise<Job> {
    const answer = await this.request.get(`/api/jobs/${id}`);
    expect(answer.status()).toBe(200);
    return (await answer.json()) as Job;
  }

  async delete(id: string): Promise<void> {
    const answer = await this.request.delete(`/api/jobs/${id}`);
    expect(answer.status()).toBe(204);
  }

  /** After how many days results are deleted. */
  async retention(): Promise<number | null> {
    const answer = await this.request.get('/api/storage');
    expect(answer.status()).toBe(200);
    return ((await answer.json()) as { retention_days: number | null }).retention_days;
  }

  /** A text job with its whole answer. */
  async answer(id: string): Promise<{ state: string; text: string; finish: string; cost: string }> {
    const job = (await this.job(id)) as unknown as {
      state: string;
      text?: { text: string; finish: string };
      cost: { actual?: string };
    };
    return { state: job.state, text: job.text?.text ?? '', finish: job.text?.finish ?? '', cost: job.cost.actual ?? '' };
  }

  /** Submits a batch of entries as the reference page writes them. */
  async batch(name: string, file: Record<string, unknown>): Promise<Batch> {
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    const answer = await this.request.post('/api/batches', { params: { name }, data: file, headers });
    expect([200, 202], await answer.text()).toContain(answer.status());
    return (await answer.json()) as Batch;
  }

  /** Waits until a batch has ended. */
  async ended(id: string): Promise<Batch> {
    const read = async () => (await (await this.request.get(`/api/batches/${id}`)).json()) as Batch;
    await expect.poll(async () => (await read()).state, { timeout: 90_000 }).toMatch(/done|canceled/);
    return read();
  }

  /** The entries of a batch, in their order. */
  async entries(id: string): Promise<Job[]> {
    const answer = await this.request.get('/api/jobs', { params: { batch: id, limit: 100 } });
    expect(answer.status()).toBe(200);
    return ((await answer.json()) as { items: Job[] }).items;
  }

  /** The bytes of a result. */
  async output(id: string, n: number): Promise<Buffer> {
    const answer = await this.request.get(`/api/jobs/${id}/outputs/${n}`);
    expect(answer.status()).toBe(200);
    return answer.body();
  }

  /** The jobs whose prompt holds `text`, newest first. */
  async jobs(text: string): Promise<Job[]> {
    const answer = await this.request.get('/api/jobs', { params: { q: text } });
    expect(answer.status()).toBe(200);
    return ((await answer.json()) as { items: Job[] }).items;
  }
}
