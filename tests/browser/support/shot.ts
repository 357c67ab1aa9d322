import type { Page } from '@playwright/test';
import { output } from '../setup/places';

/** Longer pages are cut: what follows is more of the same. */
const TALLEST = 2400;

/**
 * Keeps a picture of the whole page, to be looked at: output/screens/NAME.png. The window grows to the page's
 * height, so that what sticks to its edges is where it belongs.
 */
export async function shot(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (before && height > before.height) await page.setViewportSize({ ...before, height: Math.min(height, TALLEST) });
  await page.screenshot({ path: output('screens', `${name}.png`), animations: 'disabled', caret: 'hide' });
  if (before) await page.setViewportSize(before);
}
