import { type Page, expect, test } from '@playwright/test';

const LOOKS = ['1280-light', '1280-dark', '390-light', '390-dark'] as const;

/** A width and a theme. */
export type Look = (typeof LOOKS)[number];

/** Does something in both widths and both themes, in the page as it stands. */
export async function inEveryLook(page: Page, act: (look: Look) => Promise<void>): Promise<void> {
  await inLooks(page, LOOKS, act);
}

/** Does something in some of them. */
export async function inLooks(page: Page, looks: readonly Look[], act: (look: Look) => Promise<void>): Promise<void> {
  for (const look of looks) {
    const width = look.startsWith('1280') ? 1280 : 390;
    await page.setViewportSize({ width, height: width > 600 ? 900 : 844 });
    await page.emulateMedia({ colorScheme: look.endsWith('dark') ? 'dark' : 'light' });
    await test.step(look, () => act(look));
  }
}

/** Changes the language with the switch at the head of the page. */
export async function switchLanguage(page: Page, to: 'zh-CN' | 'en'): Promise<void> {
  const root = page.locator('html');
  if ((await root.getAttribute('lang')) === to) return;
  await page.getByRole('banner').getByRole('button', { name: to === 'en' ? 'English' : '中文', exact: true }).click();
  await expect(root).toHaveAttribute('lang', to);
}

/** The narrowest phone in use. */
const NARROWEST = 360;

/** Expects nothing to stick out of the page at its width; a phone's page is tried on the narrowest as well. */
export async function fits(page: Page, what: string): Promise<void> {
  const before = page.viewportSize();
  const widths = before && before.width < 600 ? [before.width, NARROWEST] : [before?.width ?? 0];
  for (const width of widths) {
    if (before && width !== before.width) await page.setViewportSize({ ...before, width });
    const [needed, given] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect.soft(needed, `width needed at ${width} px: ${what}`).toBeLessThanOrEqual(given ?? 0);
  }
  if (before && widths.length > 1) await page.setViewportSize(before);
}
