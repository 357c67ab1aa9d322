import { type Locator, type Page, expect } from '@playwright/test';
import { open } from './ready';

/** The page that tells what was spent, and what may be. */
export class UsagePage {
  readonly form: Locator;
  readonly chart: Locator;

  constructor(private readonly page: Page) {
    this.form = page.getByRole('form', { name: '设置预算' });
    this.chart = page.getByRole('img', { name: /每天的花费/ });
  }

  async open(path = '/usage'): Promise<void> {
    await open(this.page, path);
    await expect(this.page.getByRole('heading', { name: '用量', exact: true })).toBeVisible();
  }

  /** A budget's bar, such as 我的 · 今天. */
  meter(name: string): Locator {
    return this.page.getByRole('meter', { name });
  }

  field(name: string): Locator {
    return this.form.getByRole('textbox', { name });
  }

  table(caption: string): Locator {
    return this.page.getByRole('table', { name: caption });
  }

  /** Writes budgets into the form and keeps them. */
  async set(limits: Record<string, string>): Promise<void> {
    await this.page.getByRole('button', { name: '设置预算' }).click();
    for (const [name, amount] of Object.entries(limits)) await this.field(name).fill(amount);
    await this.form.getByRole('button', { name: '保存' }).click();
  }
}
