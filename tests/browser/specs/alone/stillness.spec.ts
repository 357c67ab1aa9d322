import { type Page } from '@playwright/test';
import { expect, test } from '../../support/test';

// Alone: a job that another spec makes comes to the head of this page's list, and rightly pushes the others down.

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { jumped: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) (window as unknown as { jumped: number }).jumped += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
});

test('nothing on the page jumps while it loads and a job runs to its picture', async ({ create, page, prompt }) => {
  await create.open();
  await create.prompt.fill(prompt);
  await create.submit.click();
  await create.card(prompt).reaches('已完成');
  // "Good" by the measure of web vitals.
  expect(await jumped(page)).toBeLessThan(0.1);
});

test('nothing jumps while an answer is written to its end', async ({ chat, page, prompt }) => {
  await chat.open();
  await chat.say(`${prompt} [[sim:slow 30]]`);
  await chat.ends();
  expect(await jumped(page)).toBeLessThan(0.1);
});

test('nothing jumps while a film is made', async ({ films, page, prompt }) => {
  test.setTimeout(120_000);
  await films.open();
  await films.text('提示词').fill(prompt);
  await films.submit.click();
  await films.card(prompt).reaches('已完成', 60_000);
  await expect(films.card(prompt).root.locator('video')).toBeVisible();
  expect(await jumped(page)).toBeLessThan(0.1);
});

function jumped(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { jumped: number }).jumped);
}
