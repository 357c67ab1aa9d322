import { type Page } from '@playwright/test';
import { ready } from '../../../support/ready';
import { expect, test } from '../../../support/test';

test('the theme follows the system until one is chosen, and then stays', async ({ create, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await create.open();
  await expect.poll(() => isDark(page)).toBe(true);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => isDark(page)).toBe(false);

  const change = page.getByRole('banner').getByRole('button', { name: /^配色：/ });
  await expect(change).toHaveAccessibleName('配色：跟随系统');
  await change.click();
  await expect(change).toHaveAccessibleName('配色：浅色');
  await change.click();
  await expect(change).toHaveAccessibleName('配色：深色');
  await expect.poll(() => isDark(page)).toBe(true);

  await page.reload();
  await ready(page);
  await expect(change).toHaveAccessibleName('配色：深色');
  await expect.poll(() => isDark(page)).toBe(true);
});

/** Dark pages write in light letters. */
function isDark(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const shades = getComputedStyle(document.body).color.match(/[\d.]+/g) ?? [];
    return Number(shades[0]) > 128;
  });
}
