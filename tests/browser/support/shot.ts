import type { Page } from '@playwright/test';
import { output } from '../setup/places';

/** Keeps a picture of the page, to be looked at: output/screens/NAME.png. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: output('screens', `${name}.png`), fullPage: true, animations: 'disabled' });
}
