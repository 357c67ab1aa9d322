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

/** The natural sizes of pictures, once all are loaded: `1024×1024`. */
export async function sizes(pictures: Locator): Promise<string[]> {
  let found: string[] = [];
  await expect(async () => {
    for (const picture of await pictures.all()) await picture.scrollIntoViewIfNeeded();
    found = await pictures.evaluateAll((images) =>
      (images as HTMLImageElement[]).map((image) => `${image.naturalWidth}×${image.naturalHeight}`),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found).not.toContain('0×0');
  }).toPass({ timeout: 20_000 });
  return found;
}
