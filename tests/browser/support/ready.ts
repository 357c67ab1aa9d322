import { type Page, expect } from '@playwright/test';

/** Opens an address and waits until the program has taken over from the shell. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await ready(page);
}

/** Waits until the program has taken over from the shell. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true', { timeout: 30_000 });
}
