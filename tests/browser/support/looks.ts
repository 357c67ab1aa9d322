import { type Page, expect, test } from '@playwright/test';

const WIDTHS = [1280, 390];
const THEMES = ['light', 'dark'] as const;

/** Does something in both widths and both themes, in the page as it stands. */
export async function inEveryLook(page: Page, act: (look: string) => Promise<void>): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width > 600 ? 900 : 844 });
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await test.step(`${width} ${theme}`, () => act(`${width}-${theme}`));
    }
  }
}

/** Changes the language with the switch at the head of the page. */
export async function switchLanguage(page: Page, to: 'zh-CN' | 'en'): Promise<void> {
  const root = page.locator('html');
  if ((await root.getAttribute('lang')) === to) return;
  await page.getByRole('banner').getByRole('button', { name: to === 'en' ? 'English' : '中文', exact: true }).click();
  await expect(root).toHaveAttribute('lang', to);
}
