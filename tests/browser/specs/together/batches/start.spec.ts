import { expect, test } from '../../../support/test';

test('a file is uploaded as it is, in UTF-16 too, and runs', async ({ newBatch, page, prompt, studio }) => {
  const text = JSON.stringify({
    image_tasks: [
      { model: 'wan2.2-t2i-flash', prompt: `${prompt} 一`, size: '512*512' },
      { model: 'wan2.2-t2i-flash', prompt: `${prompt} 二`, size: '512*512' },
    ],
  });
  await newBatch.open();
  await newBatch.pick('春季海报.json', Buffer.from(`\ufeff${text}`, 'utf16le'));
  await expect(newBatch.text).toHaveValue(text);
  await expect(page.getByRole('textbox', { name: /^名称/ })).toHaveValue('春季海报');
  const batch = await newBatch.begin();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('春季海报');
  await expect(batch.entries).toHaveCount(2);
  await batch.reaches('已完成');
  await expect(batch.counts).toContainText('2 / 2');
  await expect(batch.entry(`${prompt} 二`)).toContainText('已完成');
  await expect(batch.entry(`${prompt} 二`).locator('img')).toBeVisible();
  expect((await studio.ended(batch.id)).counts).toMatchObject({ total: 2, done: 2 });
  await expect(page.locator('.batch__money')).toContainText('¥0.28');
});

test('a table is pasted and starts, and is in the list', async ({ newBatch, page, prompt }) => {
  await newBatch.open();
  await newBatch.from('粘贴');
  await newBatch.text.fill(`model,prompt,size\r\nwan2.2-t2i-flash,"${prompt}, 一",512*512\r\nqwen-turbo,${prompt} 问,`);
  await expect(page.getByRole('radio', { name: 'CSV 表格' })).toBeChecked();
  await page.getByRole('textbox', { name: /^名称/ }).fill(prompt);
  const batch = await newBatch.begin();
  await expect(batch.entries).toHaveCount(2);
  await batch.reaches('已完成');
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '批量' }).click();
  const row = page.getByRole('list', { name: '批量' }).getByRole('listitem').filter({ hasText: prompt });
  await expect(row).toContainText('已完成');
  await expect(row).toContainText('2 / 2');
  await row.getByRole('link').click();
  await expect(batch.entries).toHaveCount(2);
});

test('lines and the form make a batch with shared settings', async ({ newBatch, page, prompt, studio }) => {
  await newBatch.open();
  await newBatch.from('用表单');
  await page.getByRole('textbox', { name: '提示词' }).fill(`${prompt} 一\n\n${prompt} 二\n${prompt} 三`);
  await page.locator('input[type=radio][value="wan2.2-t2i-plus"]').check({ force: true });
  await page.getByRole('group', { name: '张数' }).getByRole('radio', { name: '2', exact: true }).check({ force: true });
  await expect(newBatch.check).toContainText('3 条');
  await expect(newBatch.start).toHaveText('开始 · 最多 ¥1.20');
  const batch = await newBatch.begin();
  await expect(batch.entries).toHaveCount(3);
  const entries = await studio.entries(batch.id);
  expect(entries.map(({ request }) => request.prompt)).toEqual([`${prompt} 一`, `${prompt} 二`, `${prompt} 三`]);
  for (const { request } of entries) expect(request).toMatchObject({ model: 'wan2.2-t2i-plus', n: 2 });
});

test('what is written of a batch is there again after a reload, until it is started', async ({ newBatch, page, prompt }) => {
  const name = page.getByRole('textbox', { name: /^名称/ });
  const lines = page.getByRole('textbox', { name: '提示词' });
  await newBatch.open();
  await newBatch.from('粘贴');
  await newBatch.text.fill('{"image_tasks": [');
  await newBatch.from('用表单');
  await lines.fill(prompt);
  await page.locator('input[type=radio][value="wan2.2-t2i-plus"]').check({ force: true });
  await name.fill(prompt);
  await expect(newBatch.start).toBeEnabled();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('studio.draft.batch'))).toContain('wan2.2-t2i-plus');
  await page.reload();
  await expect(lines).toHaveValue(prompt);
  await expect(name).toHaveValue(prompt);
  await expect(page.locator('input[type=radio][value="wan2.2-t2i-plus"]')).toBeChecked();
  await newBatch.from('粘贴');
  await expect(newBatch.text).toHaveValue('{"image_tasks": [');
  await newBatch.from('用表单');
  await newBatch.begin();
  await newBatch.open();
  await newBatch.from('用表单');
  await expect(lines).toHaveValue('');
});

test('a start whose answer is lost makes one batch, however often it is pressed', async ({ newBatch, page, prompt, studio }) => {
  await newBatch.open();
  await newBatch.from('粘贴');
  await newBatch.text.fill(JSON.stringify({ image_tasks: [{ model: 'wan2.2-t2i-flash', prompt, size: '512*512' }] }));
  await expect(newBatch.start).toBeEnabled();
  let lost = 0;
  await page.route('**/api/batches?*', async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch(); // it arrives, the answer does not
    return route.fulfill({ status: 502, body: 'bad gateway' });
  });
  await page.route('**/api/batches', async (route) => {
    if (lost > 0 || route.request().method() !== 'POST') return route.continue();
    lost += 1;
    await route.fetch();
    return route.fulfill({ status: 502, body: 'bad gateway' });
  });
  await newBatch.start.click();
  await expect(newBatch.check.getByRole('alert')).toBeVisible();
  const batch = await newBatch.begin();
  await expect(batch.entries).toHaveCount(1);
  expect(await studio.jobs(prompt)).toHaveLength(1);
});

test.use({ tolerated: [/502/] });
