import { accessible } from '../../../support/axe';
import { inEveryLook, switchLanguage } from '../../../support/looks';
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
      await inEveryLook(page, async (look) => {
        // The narrow page differs from the wide one in its places, not in its colours.
        if (look !== '390-dark') await accessible(page, look);
        const [needed, given] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        expect.soft(needed, `width needed at ${look}`).toBeLessThanOrEqual(given ?? 0);
        await shot(page, `${name}-${look}-zh`);
      });
      // A dialog lies over the switch.
      if (await page.getByRole('dialog').isVisible()) return;
      await switchLanguage(page, 'en');
      await inEveryLook(page, (look) => shot(page, `${name}-${look}-en`));
    });
  });
}
