import { switchLanguage } from '../../../support/looks';
import { ready } from '../../../support/ready';
import { expect, test } from '../../../support/test';

test('Chinese comes first, also for a browser that asks for neither language', async ({ elsewhere }) => {
  const page = await elsewhere({ locale: 'fr-FR' });
  await page.goto('/');
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('a browser that asks for English is given English', async ({ elsewhere }) => {
  const page = await elsewhere({ locale: 'en-US' });
  await page.goto('/');
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible();
});

test('the language changes without a reload, keeps what was typed, and stays', async ({ create, page, prompt }) => {
  await create.open();
  await create.prompt.fill(prompt);
  await page.evaluate(() => Object.assign(window, { marked: true }));
  await switchLanguage(page, 'en');
  await expect(page).toHaveTitle('Pictures · Bailian Studio');
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue(prompt);
  expect(await page.evaluate(() => 'marked' in window)).toBe(true);

  await page.reload();
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

test('what went wrong is told in the language of the page', async ({ job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt: `${prompt} [[sim:fail DataInspectionFailed]]` });
  await job.open(id);
  await job.reaches('失败');
  const advice = job.main.locator('.notice__title');
  await expect(advice).toHaveText(/[\u4e00-\u9fff]/);
  await switchLanguage(page, 'en');
  await expect(advice).toHaveText(/^[\x20-\x7e]+$/);
});

test('the English page fits the narrowest phone, and every word at its foot is whole', async ({ create, page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await create.open();
  await switchLanguage(page, 'en');
  const isCut = (element: Element) => element.scrollWidth > element.clientWidth;
  expect(await page.locator('html').evaluate(isCut)).toBe(false);
  for (const word of await page.getByRole('navigation', { name: 'Main' }).locator('a > span').all()) {
    expect(await word.evaluate(isCut), await word.innerText()).toBe(false);
  }
});
