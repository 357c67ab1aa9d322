import { type Locator, type Page, expect } from '@playwright/test';

/** A job in a list; it is called by its prompt. */
export class Card {
  readonly root: Locator;

  constructor(page: Page, prompt: string) {
    this.root = page.getByRole('article', { name: prompt, exact: true }).first();
  }

  /** Expects a state, as it is called. */
  async reaches(state: string, timeout = 30_000): Promise<void> {
    await expect(this.root.locator('.badge').getByText(state, { exact: true })).toBeVisible({ timeout });
  }

  pictures(): Locator {
    return this.root.getByRole('button', { name: /^放大第/ }).getByRole('img', { includeHidden: true });
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  /** The way to the job's own page. */
  link(): Locator {
    return this.root.locator('.asked').getByRole('link');
  }
}

/** The natural sizes of pictures, once they are loaded: `1024×1024`. */
export async function sizes(pictures: Locator): Promise<string[]> {
  const all = await pictures.all();
  for (const picture of all) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  }
  return pictures.evaluateAll((images) =>
    (images as HTMLImageElement[]).map((image) => `${image.naturalWidth}×${image.naturalHeight}`),
  );
}
