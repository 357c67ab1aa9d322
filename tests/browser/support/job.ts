import { type Locator, type Page, expect } from '@playwright/test';
import { open } from './ready';

/** The page of one job. */
export class JobPage {
  readonly main: Locator;

  constructor(private readonly page: Page) {
    this.main = page.getByRole('main');
  }

  async open(id: string): Promise<void> {
    await open(this.page, `/jobs/${id}`);
  }

  async reaches(state: string): Promise<void> {
    await expect(this.main.locator('.badge').getByText(state, { exact: true })).toBeVisible({ timeout: 30_000 });
  }

  pictures(): Locator {
    return this.main.getByRole('button', { name: /^放大第/ }).getByRole('img', { includeHidden: true });
  }

  button(name: string): Locator {
    return this.main.getByRole('button', { name, exact: true });
  }

  /** What stands beside a name in a list of facts. */
  fact(name: string): Locator {
    return this.main.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('+ dd');
  }
}
