import { keepPlace } from '../../../support/kept';
import { PLACES } from '../../../support/places';
import { NOBODY, test } from '../../../support/test';

for (const { name, outside, arrive } of PLACES) {
  test.describe(name, () => {
    if (outside) test.use({ storageState: NOBODY, tolerated: [/401.*\/api\/session/] });

    test('is accessible, fits its width and is kept as a picture, in every look and language', {
      tag: '@screens',
    }, async ({ page, studio, prompt }) => {
      await arrive(page, studio, prompt);
      await keepPlace(page, name);
    });
  });
}
