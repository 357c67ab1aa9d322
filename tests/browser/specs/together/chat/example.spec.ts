import { accessible } from '../../../support/axe';
import { inEveryLook, switchLanguage } from '../../../support/looks';
import { shot } from '../../../support/shot';
import { expect, test } from '../../../support/test';

test('the reference\'s example is answered while one looks on, in every look and language', {
  tag: '@screens',
}, async ({ chat, page, simulator, prompt }) => {
  test.setTimeout(180_000);
  await chat.open();
  await expect(chat.model).toHaveValue('qwen-turbo');
  await expect(chat.model).toContainText('¥0.3');
  await inEveryLook(page, (look) => shot(page, `chat-empty-${look}-zh`));
  await page.setViewportSize({ width: 1280, height: 900 });
  const words = `写一篇科技文章（${prompt}）`;
  await chat.message.fill(words);
  await expect(chat.estimate).toContainText('¥0.00');
  await chat.message.press('Enter');
  await chat.ends();
  await expect(chat.words().locator('h3, h4').first()).toBeVisible();
  await expect(chat.answers.last().getByTestId('figures')).toContainText(/Turbo · 输入 \d+ \+ 输出 \d+ token · ¥0\.\d+/);

  const [call, ...others] = await simulator.said(words);
  expect(others).toEqual([]);
  expect(call?.model).toBe('qwen-turbo');
  expect(call?.parameters).toMatchObject({ max_tokens: 1500, temperature: 1, top_p: 0.8 });

  await inEveryLook(page, async (look) => {
    if (look !== '390-dark') await accessible(page, look);
    const [needed, given] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect.soft(needed, `width needed at ${look}`).toBeLessThanOrEqual(given ?? 0);
    await shot(page, `chat-${look}-zh`);
  });
  await page.setViewportSize({ width: 1280, height: 900 });
  await switchLanguage(page, 'en');
  await inEveryLook(page, (look) => shot(page, `chat-${look}-en`));
});

test('an English question is answered in English, on an English page', async ({ page, chat, prompt }) => {
  await chat.open();
  await switchLanguage(page, 'en');
  const message = page.getByRole('textbox', { name: 'Message', exact: true });
  await message.fill(`Write an article about technology (${prompt.replace('猫', 'cat')})`);
  await message.press('Enter');
  const answer = page.getByRole('region', { name: 'Answer', exact: true });
  await expect(answer).toHaveAttribute('aria-busy', 'false', { timeout: 40_000 });
  await expect(answer.getByTestId('figures')).toContainText('tokens');
  await expect(answer.locator('.md')).toContainText(/[a-z]{4}/);
});
