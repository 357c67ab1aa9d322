import { type Locator, type Page, expect } from '@playwright/test';

/** The dialog that shares something by link. */
export class ShareDialog {
  readonly root: Locator;
  readonly link: Locator;
  readonly make: Locator;

  constructor(private readonly page: Page) {
    this.root = page.getByRole('dialog').filter({ visible: true });
    this.link = this.root.getByRole('textbox', { name: '链接' });
    this.make = this.root.getByRole('button', { name: '生成链接' });
  }

  /** Chooses what is shown. */
  async shows(name: '只有结果' | '结果和设置' | '只有设置' | '设置链接'): Promise<void> {
    await this.root.getByRole('radio', { name: new RegExp(`^${name}`) }).check({ force: true });
  }

  field(name: RegExp): Locator {
    return this.root.getByRole('textbox', { name }).or(this.root.getByRole('spinbutton', { name }));
  }

  /** Makes the link; its path. */
  async done(): Promise<string> {
    await this.make.click();
    await expect(this.root).toContainText('链接已生成', { timeout: 30_000 });
    const path = new URL(await this.link.inputValue()).pathname;
    expect(path).toMatch(/^\/s\/[0-9a-f]{32}$/);
    return path;
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.root).toHaveCount(0);
  }
}

/** What a stranger's browser says of a share that is there no longer: the page itself and the question are answered with 404. */
export const GONE = [/404.*\/(s|api\/shares)\//];
