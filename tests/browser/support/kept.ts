import type { Page } from '@playwright/test';
import { accessible } from './axe';
import { fits, inEveryLook, inLooks, switchLanguage } from './looks';
import { shot } from './shot';

/** Each place is accessible, fits its width, and is kept as a picture by its name, in every look and both languages. */
export async function keepPlaces(page: Page, places: Record<string, () => Promise<void>>): Promise<void> {
  for (const [name, arrive] of Object.entries(places)) {
    await arrive();
    await keepPlace(page, name);
  }
}

/** The same for the page as it stands. A dialog lies over the switch of languages: it is kept as it is. */
export async function keepPlace(page: Page, name: string): Promise<void> {
  const kept = async (look: string, language: string) => {
    await fits(page, `${name}, ${look}, ${language}`);
    await shot(page, `${name}-${look}-${language}`);
  };
  await inEveryLook(page, async (look) => {
    // The narrow page differs from the wide one in its places, not in its colours.
    if (look !== '390-dark') await accessible(page, look);
    await kept(look, 'zh');
  });
  if (await page.getByRole('dialog').isVisible()) return;
  await switchLanguage(page, 'en');
  // Each width and each theme once: words are longer or shorter, not of other colours.
  await inLooks(page, ['1280-dark', '390-light'], (look) => kept(look, 'en'));
  await switchLanguage(page, 'zh-CN');
}
