import { type Page } from '@playwright/test';
import { switchLanguage } from '../../../support/looks';
import { expect, test } from '../../../support/test';

const WIDTHS = [1440, 1280, 1216, 1120, 1024, 768, 640, 390, 360];

for (const language of ['zh-CN', 'en'] as const) {
  test(`the owner's head, which has the most in it, fits every width in ${language}`, async ({ create, page }) => {
    await create.open();
    await switchLanguage(page, language);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      expect.soft(await crowded(page), `at ${width} px`).toEqual([]);
    }
  });
}

/** What lies over something else, is cut off, or sticks out of the page. */
function crowded(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('.brand, .shell__nav > a, .shell__tools > *')];
    const boxes = all.map((element) => ({ name: element.innerText || element.ariaLabel, box: element.getBoundingClientRect() }));
    const wide = boxes.filter(({ box }) => box.left < 0 || box.right > innerWidth).map(({ name }) => `${name} sticks out`);
    const over = boxes.flatMap((one, at) =>
      boxes
        .slice(at + 1)
        .filter(({ box }) => box.left < one.box.right - 1 && one.box.left < box.right - 1 && box.top < one.box.bottom - 1 && one.box.top < box.bottom - 1)
        .map((other) => `${one.name} over ${other.name}`),
    );
    const cut = [...document.querySelectorAll<HTMLElement>('.shell__nav span')].filter((word) => word.scrollWidth > word.clientWidth);
    return [...wide, ...over, ...cut.map((word) => `${word.innerText} is cut`)];
  });
}
