import { type Page } from '@playwright/test';
import { expect, test } from '../../../support/test';

test('the first stop skips to the content and leaves the address alone', async ({ create, page }) => {
  await create.open();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: '跳到正文' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  expect(new URL(page.url()).hash).toBe('');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('Tab goes through the head of the page in the order it is read, each stop to be seen', async ({ create, page }) => {
  await create.open();
  const names = ['跳到正文', '百炼工坊', '图片', '对话', '视频', '语音', '识别', '批量', '历史', '用量', '成员', 'English', '配色：跟随系统', '登录码', '退出'];
  const stops = [];
  for (let n = 0; n < names.length; n += 1) {
    await page.keyboard.press('Tab');
    stops.push(await focused(page));
  }
  expect(stops).toEqual(names.map((name) => ({ name, outlined: true })));
});

test('a whole picture can be asked for without a mouse', async ({ create, page, prompt }) => {
  await create.open();
  await create.prompt.focus();
  await page.keyboard.type(prompt);
  await create.radio('wan2.2-t2i-flash').focus();
  await page.keyboard.press('ArrowDown');
  await expect(create.radio('wan2.2-t2i-plus')).toBeChecked();
  await create.side('宽').focus();
  await page.keyboard.press('ArrowDown');
  await expect(create.side('宽')).toHaveValue('1016');
  await create.submit.focus();
  await page.keyboard.press('Enter');
  await create.card(prompt).reaches('已完成');
  await expect(create.card(prompt).root).toContainText('1016×1024');
});

test('after a navigation the focus is on the heading, and the title says where one is', async ({ create, page }) => {
  await create.open();
  await expect(page).toHaveTitle('图片 · 百炼工坊');
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '历史' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '历史' })).toBeFocused();
  await expect(page).toHaveTitle('历史 · 百炼工坊');
  await page.goBack();
  await expect(page).toHaveTitle('图片 · 百炼工坊');
  await expect(page.getByRole('heading', { level: 1, name: '图片' })).toBeFocused();
});

function focused(page: Page): Promise<{ name: string; outlined: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const { outlineStyle, boxShadow } = getComputedStyle(element);
    return {
      name: element.getAttribute('aria-label') ?? element.innerText.trim(),
      outlined: outlineStyle !== 'none' || boxShadow !== 'none',
    };
  });
}
