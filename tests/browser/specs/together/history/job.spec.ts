import { expect, test } from '../../../support/test';

test('the page of a job shows the rewritten prompt, its times and its cost', async ({ job, prompt, studio }) => {
  const { id } = await studio.finished({ prompt, prompt_extend: true });
  await job.open(id);
  await job.reaches('已完成');
  await expect(job.main).toContainText('改写后的提示词');
  for (const name of ['提交', '开始', '结束']) await expect(job.fact(name)).toContainText(/\d{1,2}:\d{2}:\d{2}/);
  await expect(job.fact('预计费用')).toHaveText('¥0.14');
  await expect(job.fact('实际费用')).toHaveText('¥0.14');
  await expect(job.fact('任务 ID')).toHaveText(id);
});

test('a picture opens in full size, Escape closes it, and the focus goes back', async ({ job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt, n: 2 });
  await job.open(id);
  const first = job.button('放大第 1 张');
  await first.press('Enter');
  const dialog = page.getByRole('dialog', { name: '第 1 张，共 2 张' });
  await expect(dialog.getByRole('img')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: '第 2 张，共 2 张' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(first).toBeFocused();
});

test('a picture is downloaded under a name of its own', async ({ job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  await job.open(id);
  await job.button('放大第 1 张').click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('link', { name: '下载' }).click();
  expect((await download).suggestedFilename()).toMatch(/^bailian-[0-9a-z]{8}-1\.png$/);
});

test('these settings again fills the form and submits nothing', async ({ create, job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt, n: 2, seed: 5, size: '1440*810' });
  await job.open(id);
  await job.main.getByRole('link', { name: '使用这些设置' }).click();
  await expect(create.prompt).toHaveValue(prompt);
  await expect(create.seed).toHaveValue('5');
  await expect(create.side('宽')).toHaveValue('1440');
  await expect(create.form).toContainText('尚未提交');
  expect(new URL(page.url()).hash).toBe('');
  expect(await studio.jobs(prompt)).toHaveLength(1);
});

test.describe('a job that is not there', () => {
  test.use({ tolerated: [/404.*\/api\/jobs\//] });
  test('is said to be gone, with the way to the history', async ({ job, page }) => {
    await job.open('0198b5a0-0000-7000-8000-000000000000');
    await expect(job.main).toContainText('没有这个任务');
    await job.main.getByRole('link', { name: '查看历史' }).click();
    await expect(page).toHaveURL(/\/history$/);
  });
});
