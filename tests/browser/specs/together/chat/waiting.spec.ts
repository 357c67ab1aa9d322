import { expect, test } from '../../../support/test';

test('a call that is throttled waits, and is never shown as failed', async ({ chat, prompt, simulator }) => {
  await simulator.spoil(prompt, { status: 429, code: 'Throttling.RateQuota', retry_after: 3 });
  await chat.open();
  await chat.say(`${prompt} [[sim:say 终于]]`);
  await expect(chat.answers.last().getByTestId('standing')).toContainText(/第 \d+ 位|排队/);
  await expect(chat.answers.last()).not.toContainText('失败');
  await chat.ends();
  await expect(chat.words()).toHaveText('终于');
});

test('an error says what happened and what to do, and can be tried again', async ({ chat, prompt }) => {
  await chat.open();
  await chat.say(`${prompt} [[sim:fail DataInspectionFailed]]`);
  await chat.ends();
  await expect(chat.answers.last()).toContainText('DataInspectionFailed');
  await expect(chat.button('重试')).toBeVisible();
  await chat.button('重试').click();
  await expect(chat.questions.last().getByRole('group', { name: '第 2 版，共 2 版' })).toBeVisible();
});

test('whoever reads further up is not pulled down, and finds the way to the end', async ({ chat, page, prompt }) => {
  await page.setViewportSize({ width: 900, height: 500 });
  await chat.open();
  await chat.say(`${prompt} [[sim:slow 60]] [[sim:tokens 900]]`);
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  await expect.poll(height, { timeout: 30_000 }).toBeGreaterThan(900);
  await page.mouse.move(600, 200);
  await page.mouse.wheel(0, -10_000);
  const down = page.getByRole('button', { name: '回到最新' });
  await expect(down).toBeVisible();
  const before = await height();
  await expect.poll(height).toBeGreaterThan(before);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  await down.click();
  await expect(down).toBeHidden();
  await chat.stop.click();
  await chat.ends();
});
