import { type Page, expect } from '@playwright/test';
import { accessible } from './axe';
import { inEveryLook, switchLanguage } from './looks';
import { shot } from './shot';

/** Each place is accessible, fits its width, and is kept as a picture by its name, in every look and both languages. */
export async function keepPlaces(page: Page, places: Record<string, () => Promise<void>>): Promise<void> {
  for (const [name, arrive] of Object.entries(places)) {
    await arrive();
    for (const language of ['zh-CN', 'en'] as const) {
      await switchLanguage(page, language);
      await inEveryLook(page, async (look) => {
        if (language === 'zh-CN') await accessible(page, look);
        const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
        expect.soft(fits, `width at ${look}`).toBe(true);
        await shot(page, `${name}-${look}-${language.slice(0, 2)}`);
      });
    }
    await switchLanguage(page, 'zh-CN');
  }
}
