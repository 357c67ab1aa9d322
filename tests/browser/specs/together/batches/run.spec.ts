import { BatchPage } from '../../../support/batches';
import { expect, test } from '../../../support/test';

function pictures(prompt: string, count: number): Record<string, unknown> {
  const entry = (_: unknown, n: number) => ({ model: 'wan2.2-t2i-flash', prompt: `${prompt} ${n + 1}。`, size: '512*512' });
  return { image_tasks: Array.from({ length: count }, entry) };
}

test('a batch is paused, waits, and goes on', async ({ page, prompt, simulator, studio }) => {
  const { id } = await studio.batch(prompt, pictures(prompt, 40));
  const batch = new BatchPage(page);
  await batch.open(id);
  await batch.reaches('进行中');
  await batch.button('暂停').click();
  await batch.reaches('已暂停');
  await expect(page.getByText('已暂停：已经提交的会做完')).toBeVisible();
  await expect(batch.counts).not.toContainText('进行 ', { timeout: 60_000 });
  const sent = (await studio.entries(id)).filter(({ state }) => state !== 'queued').length;
  expect(sent).toBeLessThan(40);
  expect(await simulator.begun(prompt)).toBe(sent);

  await batch.button('继续').click();
  await batch.reaches('进行中');
  await batch.reaches('已完成');
  await expect(batch.counts).toContainText('40 / 40');
  expect(await simulator.begun(prompt)).toBe(40);
});

test('an entry that failed is changed, tried once more and comes out', async ({ page, prompt, simulator, studio }) => {
  const refused = `${prompt} [[sim:fail DataInspectionFailed]]`;
  const { id } = await studio.batch(prompt, {
    image_tasks: [
      { model: 'wan2.2-t2i-flash', prompt: refused, size: '512*512' },
      { model: 'wan2.2-t2i-flash', prompt: `${prompt} 好`, size: '512*512' },
    ],
  });
  const batch = new BatchPage(page);
  await batch.open(id);
  await batch.reaches('已完成');
  await expect(batch.counts).toContainText('失败 1');
  const entry = batch.entries.first();
  await expect(entry).toContainText('DataInspectionFailed');
  await expect(entry).toContainText('未计费');

  await entry.getByRole('button', { name: '修改后重试' }).click();
  const dialog = page.getByRole('dialog', { name: '修改后重试' });
  const text = dialog.getByRole('textbox', { name: '提示词', exact: true });
  await expect(text).toHaveValue(refused);
  await text.fill('');
  await dialog.getByRole('button', { name: '保存并重试' }).click();
  await expect(dialog).toContainText('缺少提示词，请填写。');
  await text.fill(`${prompt} 改`);
  await dialog.getByRole('button', { name: '保存并重试' }).click();
  await expect(dialog).toBeHidden();
  await expect(entry).toContainText(`${prompt} 改`);
  await expect(entry).toContainText('已完成', { timeout: 40_000 });
  await batch.reaches('已完成');
  await expect(batch.counts).toContainText('完成 2');
  await expect(batch.counts).not.toContainText('失败');
  expect(await simulator.creations(`${prompt} 改`)).toBe(1);
  expect(await simulator.creations(`${prompt} 好`)).toBe(1);
});

test('all that failed is tried once more with one press', async ({ page, prompt, studio }) => {
  const { id } = await studio.batch(prompt, {
    image_tasks: [1, 2].map((n) => ({ model: 'wan2.2-t2i-flash', prompt: `${prompt} ${n} [[sim:fail DataInspectionFailed]]`, size: '512*512' })),
  });
  const batch = new BatchPage(page);
  await batch.open(id);
  await batch.reaches('已完成');
  await batch.button('重试失败的 2 条').click();
  await batch.reaches('进行中');
  await batch.reaches('已完成');
  await expect(batch.counts).toContainText('失败 2');
});

test('a batch is called back: what waits costs nothing, what was sent comes to its end', async ({ page, prompt, simulator, studio }) => {
  const { id } = await studio.batch(prompt, pictures(prompt, 40));
  const batch = new BatchPage(page);
  await batch.open(id);
  await batch.button('取消').first().click();
  await page.getByRole('dialog', { name: '取消这批任务？' }).getByRole('button', { name: '确认取消' }).click();
  await batch.reaches('已取消');
  await expect.poll(async () => (await studio.entries(id)).every(({ state }) => /done|canceled/.test(state)), { timeout: 60_000 }).toBe(true);
  const entries = await studio.entries(id);
  const done = entries.filter(({ state }) => state === 'done').length;
  expect(await simulator.begun(prompt)).toBe(done);
  expect(done).toBeLessThan(40);

  await batch.button('删除').first().click();
  await page.getByRole('dialog', { name: '删除这批任务？' }).getByRole('button', { name: '确认删除' }).click();
  await page.waitForURL('**/batches');
  await batch.open(id);
  await expect(page.getByText('没有这批任务')).toBeVisible();
});

test.use({ tolerated: [/404.*\/api\/batches/] });

test('a batch whose page was closed is complete when it is opened again', async ({ elsewhere, newBatch, page, prompt, studio }) => {
  await newBatch.open();
  await newBatch.from('粘贴');
  await newBatch.text.fill(JSON.stringify(pictures(prompt, 6)));
  const started = await newBatch.begin();
  const { id } = started;
  await page.close();
  expect((await studio.ended(id)).counts).toMatchObject({ total: 6, done: 6 });

  const batch = new BatchPage(await elsewhere());
  await batch.open(id);
  await batch.reaches('已完成');
  await expect(batch.counts).toContainText('完成 6');
  await expect(batch.entries.first().locator('img')).toBeVisible();
});

test('entries are shown by where they stand, and more come with scrolling', async ({ page, prompt, studio }) => {
  test.slow();
  const { id } = await studio.batch(prompt, {
    text_tasks: Array.from({ length: 60 }, (_, n) => ({
      model: 'qwen-turbo',
      prompt: n === 58 ? `${prompt} [[sim:fail DataInspectionFailed]]` : `${prompt} ${n + 1}。`,
    })),
  });
  const batch = new BatchPage(page);
  await batch.open(id);
  await expect(batch.entries).toHaveCount(50);
  await expect(batch.entries.nth(49)).toContainText(`${prompt} 50。`);
  await batch.entries.nth(49).scrollIntoViewIfNeeded();
  await expect(batch.entries).toHaveCount(60);
  await batch.reaches('已完成');
  await page.getByRole('radio', { name: /^失败 1$/ }).check({ force: true });
  await expect(batch.entries).toHaveCount(1);
  await expect(batch.entries.first()).toContainText('DataInspectionFailed');
});
