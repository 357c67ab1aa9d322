import { type Locator, type Page, expect } from '@playwright/test';
import { Card } from './card';
import { open } from './ready';

/** The page of everything that was made. */
export class HistoryPage {
  readonly list: Locator;
  readonly search: Locator;
  readonly state: Locator;
  readonly model: Locator;

  constructor(private readonly page: Page) {
    this.list = page.getByRole('list', { name: '任务列表' });
    this.search = page.getByRole('searchbox', { name: '搜索提示词' });
    this.state = page.getByRole('combobox', { name: '状态' });
    this.model = page.getByRole('combobox', { name: '模型' });
  }

  async open(path = '/history'): Promise<void> {
    await open(this.page, path);
    await expect(this.list).toHaveAttribute('aria-busy', 'false');
  }

  /** The prompts of the jobs, in their order. */
  async prompts(): Promise<string[]> {
    return this.list.getByRole('article').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  }

  card(prompt: string): Card {
    return new Card(this.page, prompt);
  }
}
