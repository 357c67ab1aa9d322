import { type Locator, type Page, expect } from '@playwright/test';
import { open } from './ready';

/** The page where a batch is written, checked and started. */
export class NewBatchPage {
  readonly check: Locator;
  readonly start: Locator;
  readonly text: Locator;
  readonly problems: Locator;

  constructor(private readonly page: Page) {
    this.check = page.getByRole('region', { name: '试算' });
    this.start = this.check.getByRole('button', { name: /^开始/ });
    this.text = page.getByRole('textbox', { name: '内容' });
    this.problems = page.getByRole('table').getByRole('row');
  }

  async open(): Promise<void> {
    await open(this.page, '/batches/new');
    await expect(this.check).toBeVisible();
  }

  /** Chooses where entries come from. */
  async from(name: '上传文件' | '粘贴' | '用表单'): Promise<void> {
    await this.page.getByRole('radio', { name, exact: true }).check({ force: true });
  }

  /** Chooses how the text is written. */
  async format(name: 'JSON 文件' | 'CSV 表格' | '逐行文字'): Promise<void> {
    await this.page.getByRole('radio', { name, exact: true }).check({ force: true });
  }

  /** Picks a file, as it would be on a disk. */
  async pick(name: string, bytes: string | Buffer): Promise<void> {
    const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    await this.page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer });
  }

  /** What is marked in the text. */
  async marked(): Promise<string> {
    return this.text.evaluate((element) => {
      const area = element as HTMLTextAreaElement;
      return area.value.slice(area.selectionStart, area.selectionEnd);
    });
  }

  /** Starts it, and is on its page. */
  async begin(): Promise<BatchPage> {
    await expect(this.start).toBeEnabled();
    await this.start.click();
    await this.page.waitForURL(/\/batches\/[0-9a-f-]{36}$/);
    return new BatchPage(this.page);
  }
}

/** The page of one batch. */
export class BatchPage {
  readonly counts: Locator;
  readonly entries: Locator;

  constructor(readonly page: Page) {
    this.counts = page.locator('.batch__counts');
    this.entries = page.getByRole('list', { name: '条目' }).getByRole('listitem');
  }

  async open(id: string): Promise<void> {
    await open(this.page, `/batches/${id}`);
  }

  get id(): string {
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }

  entry(text: string): Locator {
    return this.entries.filter({ hasText: text });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** The badge of the batch itself. */
  async reaches(state: string): Promise<void> {
    await expect(this.page.locator('.batch__head .badge')).toHaveText(state, { timeout: 90_000 });
  }
}
