import { accessible } from '../../../support/axe';
import { inEveryLook, inLooks, switchLanguage } from '../../../support/looks';
import { PLACES } from '../../../support/places';
import { shot } from '../../../support/shot';
import { expect, NOBODY, test } from '../../../support/test';

for (const { name, outside, arrive } of PLACES) {
  test.describe(name, () => {
    if (outside) test.use({ storageState: NOBODY, tolerated: [/401.*\/api\/session/] });

    test('is accessible, fits its width and is kept as a picture, in every look and language', {
      tag: '@screens',
    }, async ({ page, studio, prompt }) => {
      await arrive(page, studio, prompt);
      const kept = async (look: string, language: string) => {
        const [needed, given] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        expect.soft(needed, `width needed at ${look} in ${language}`).toBeLessThanOrEqual(given ?? 0);
        await shot(page, `${name}-${look}-${language}`);
      };
      await inEveryLook(page, async (look) => {
        // The narrow page differs from the wide one in its places, not in its colours.
        if (look !== '390-dark') await accessible(page, look);
        await kept(look, 'zh');
      });
      // A dialog lies over the switch.
      if (await page.getByRole('dialog').isVisible()) return;
      await switchLanguage(page, 'en');
      // Each width and each theme once: words are longer or shorter, not of other colours.
      await inLooks(page, ['1280-dark', '390-light'], (look) => kept(look, 'en'));
    });
  });
}
