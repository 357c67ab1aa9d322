import { open } from '../../support/ready';
import { expect, NOBODY, test } from '../../support/test';

// Alone: whoever guesses here makes the others at this address wait as well.
test.use({ storageState: NOBODY, tolerated: [/40[0-9]|429/] });

test('after too many wrong codes the page counts down and tries again by itself', async ({ address, page }) => {
  await open(page, '/');
  const code = page.getByLabel('登录码', { exact: true });
  const waiting = page.getByTestId('again-in');
  const answers: number[] = [];
  page.on('response', (response) => {
    if (response.request().method() === 'POST' && response.url().endsWith('/api/session')) answers.push(response.status());
  });
  while (!answers.includes(429)) {
    const before = answers.length;
    await code.fill(`not-the-code-${before}`);
    await code.press('Enter');
    await expect.poll(() => answers.length).toBeGreaterThan(before);
    expect(answers.length, 'guesses before any has to wait').toBeLessThan(100);
  }
  await expect(page.getByRole('main').getByText('错误的登录码太多了')).toBeVisible();
  await expect(waiting).toHaveText(/\d+ 秒后自动再试/);
  const before = answers.length;
  await expect.poll(() => answers.length, { timeout: 30_000 }).toBeGreaterThan(before);

  // The right code waits for its turn like any other, and then lets in.
  await code.fill(address.code);
  await code.press('Enter');
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible({ timeout: 30_000 });
});
