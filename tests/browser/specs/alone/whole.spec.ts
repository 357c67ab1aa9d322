import { readFile } from 'node:fs/promises';
import { open } from '../../support/ready';
import { expect, test } from '../../support/test';
import { unzip } from '../../support/zip';

// What is exported is everything of the member: other specs would get into it.

test('everything is exported, and taken in again as often as one likes', async ({ page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt, n: 2 });
  // Without the browser's own way to choose a file, it is saved as any download.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await open(page, '/data');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出', exact: true }).click();
  const path = await (await saving).path();
  await expect(page.getByText(/已导出 \d+ 个任务、\d+ 个文件/)).toBeVisible();
  const files = unzip(await readFile(path));
  expect([...files.keys()].filter((name) => name.startsWith(`media/${id}/`))).toEqual([`media/${id}/0.png`, `media/${id}/1.png`]);
  expect(files.get(`media/${id}/1.png`)).toEqual(await studio.output(id, 1));
  expect(files.get('pages/000001.json')?.toString()).toContain(prompt);

  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByText(/新增 0 条，原有 [1-9]\d* 条，送回 0 个文件/)).toBeVisible();

  await page.locator('input[type=file]').setInputFiles({ name: '别的.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
  await expect(page.getByRole('alert')).toContainText('别的.zip 不是本工坊导出的 ZIP');
});

test('where the browser can, the archive goes straight to the disk', async ({ page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  // The person's choice of a place, which nobody is there to make: a file of the browser's own, of the same kind.
  await page.addInitScript(() => {
    Object.assign(window, {
      showSaveFilePicker: async () => {
        const folder = await navigator.storage.getDirectory();
        return folder.getFileHandle('export.zip', { create: true });
      },
    });
  });
  await open(page, '/data');
  await page.getByRole('button', { name: '导出', exact: true }).click();
  await expect(page.getByText(/已导出 \d+ 个任务、\d+ 个文件/)).toBeVisible();
  const bytes = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await (await folder.getFileHandle('export.zip')).getFile();
    return [...new Uint8Array(await file.arrayBuffer())];
  });
  const files = unzip(Buffer.from(bytes));
  expect(files.get(`media/${id}/0.png`)).toEqual(await studio.output(id, 0));
});

test('everything is exported, deleted, and there again after an import', async ({ chat, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  const picture = await studio.output(id, 0);
  await chat.open();
  await chat.say(`${prompt} [[sim:say 留着]]`);
  await chat.ends();
  const talk = new URL(page.url()).pathname;
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await open(page, '/data');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出', exact: true }).click();
  const path = await (await saving).path();

  await page.getByRole('button', { name: '全部删除…' }).click();
  const question = page.getByRole('dialog', { name: '全部删除？' });
  const yes = question.getByRole('button', { name: '永久删除' });
  await question.getByRole('textbox').fill('全部');
  await expect(yes).toBeDisabled();
  await question.getByRole('textbox').fill('全部删除');
  await yes.click();
  await expect(page.getByRole('status', { name: '消息' })).toContainText('全部数据已删除');
  expect(await studio.jobs('')).toEqual([]);

  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByText(/新增 [1-9]\d* 条，原有 0 条，送回 [1-9]\d* 个文件/)).toBeVisible({ timeout: 40_000 });
  expect((await studio.jobs(prompt)).map((job) => job.id)).toContain(id);
  expect(await studio.output(id, 0)).toEqual(picture);
  await chat.open(talk);
  await expect(chat.words()).toHaveText('留着');
});
