import { type Locator, type Page, expect } from '@playwright/test';
import { open } from './ready';

/** The page of conversations. */
export class ChatPage {
  readonly message: Locator;
  readonly send: Locator;
  readonly stop: Locator;
  readonly model: Locator;
  readonly estimate: Locator;
  readonly answers: Locator;
  readonly questions: Locator;
  readonly list: Locator;
  readonly search: Locator;

  constructor(private readonly page: Page) {
    this.message = page.getByRole('textbox', { name: '消息', exact: true });
    this.send = page.getByRole('button', { name: '发送', exact: true });
    this.stop = page.getByRole('button', { name: '停止', exact: true });
    this.model = page.getByRole('combobox', { name: '模型' });
    this.estimate = page.getByTestId('estimate');
    this.answers = page.getByRole('region', { name: '回答', exact: true });
    this.questions = page.getByRole('region', { name: '我', exact: true });
    this.list = page.getByRole('navigation', { name: '对话列表' });
    this.search = this.list.getByRole('searchbox');
  }

  async open(path = '/chat'): Promise<void> {
    await open(this.page, path);
    await expect(this.message).toBeVisible();
  }

  /** Says something, as a person does. */
  async say(words: string): Promise<void> {
    await this.message.fill(words);
    await this.message.press('Enter');
    await expect(this.message).toHaveValue('');
  }

  /** Waits until the last answer has ended, and has these words. */
  async ends(timeout = 40_000): Promise<void> {
    await expect(this.answers.last()).toHaveAttribute('aria-busy', 'false', { timeout });
  }

  /** What the last answer says. */
  words(): Locator {
    return this.answers.last().locator('.md');
  }

  button(name: string): Locator {
    return this.answers.last().getByRole('button', { name, exact: true });
  }

  /** The id of the conversation that is shown. */
  async id(): Promise<string> {
    await expect(this.page).toHaveURL(/\/chat\/[\w-]+/);
    return /\/chat\/([\w-]+)/.exec(this.page.url())?.[1] ?? '';
  }

  /** A conversation of the list. */
  row(title: string): Locator {
    return this.list.getByRole('listitem').filter({ hasText: title });
  }

  /** A setting of the fold, which is opened for it. */
  async setting(name: RegExp): Promise<Locator> {
    const fold = this.page.locator('.composer__settings');
    if ((await fold.getAttribute('open')) === null) await fold.locator('summary').click();
    return fold.getByRole('spinbutton', { name }).or(fold.getByRole('textbox', { name }));
  }
}
