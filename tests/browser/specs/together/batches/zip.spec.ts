import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { BatchPage } from '../../../support/batches';
import { expect, test } from '../../../support/test';
import { unzip } from '../../../support/zip';

interface Manifest {
  title: string;
  entries: {
    entry: number;
    files: { n: number; name: string; settings: string; type: string; bytes: number }[];
    missing?: { n: number; why: string }[];
    job: { state: string; request: Record<string, unknown>; cost: Record<string, unknown>; error?: { code: string } };
  }[];
}

async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; files: Map<string, Buffer> }> {
  const download = page.waitForEvent('download', { timeout: 40_000 });
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), files: unzip(await readFile(await file.path())) };
}

const json = (files: Map<string, Buffer>, name: string): unknown => JSON.parse(files.get(name)?.toString('utf8') ?? '');

test('all results are saved as one ZIP: the very bytes, the settings beside each, a list and a page', async ({
  context,
  page,
  prompt,
  studio,
}, info) => {
  test.slow();
  const { id } = await studio.batch(`${prompt} <b>`, {
    image_tasks: [
      { model: 'wan2.2-t2i-flash', prompt: `${prompt} 一/../<img src=x>`, size: '512*512', n: 2 },
      { model: 'wan2.2-t2i-flash', prompt: `${prompt} [[sim:fail DataInspectionFailed]]`, size: '512*512' },
    ],
    text_tasks: [{ model: 'qwen-turbo', prompt: `${prompt} 问` }],
    speech_tasks: [{ model: 'sambert-zhichu-v1', text: `${prompt} 读` }],
  });
  await studio.ended(id);
  const entries = await studio.entries(id);
  const batch = new BatchPage(page);
  await batch.open(id);
  const { name, files } = await saved(page, () => batch.button('打包下载').click());
  expect(name).toMatch(/^bailian-.+\.zip$/);
  await expect(page.getByRole('dialog')).toContainText('已保存');

  const manifest = json(files, 'manifest.json') as Manifest;
  expect(manifest.title).toBe(`${prompt} <b>`);
  expect(manifest.entries.map(({ entry, job }) => [entry, job.state])).toEqual([[1, 'done'], [2, 'failed'], [3, 'done'], [4, 'done']]);
  expect(manifest.entries[1]?.job.error?.code).toBe('DataInspectionFailed');
  for (const { entry, files: named } of manifest.entries) {
    for (const { n, name: file, settings, bytes, type } of named) {
      expect(file).toMatch(/^[^/\\<>:"|?*\s]+$/);
      expect(files.get(file)?.length, file).toBe(bytes);
      expect(json(files, settings)).toMatchObject({ file, entry, request: entries[entry - 1]?.request });
      if (type !== 'text/plain') expect(files.get(file)?.equals(await studio.output(entries[entry - 1]?.id ?? '', n)), file).toBe(true);
    }
  }
  expect(manifest.entries.map(({ files: named }) => named.length)).toEqual([2, 0, 1, expect.any(Number)]);
  const answer = await studio.answer(entries[2]?.id ?? '');
  expect(files.get(manifest.entries[2]?.files[0]?.name ?? '')?.toString('utf8')).toBe(answer.text);

  // The page inside, as it looks from a disk.
  const html = files.get('index.html')?.toString('utf8') ?? '';
  expect(html).toContain('<html lang="zh-CN">');
  expect(html).not.toMatch(/<script|<b>|<img src=x/);
  const { mkdir, writeFile } = await import('node:fs/promises');
  const folder = info.outputPath('zip');
  await mkdir(folder, { recursive: true });
  for (const [file, bytes] of files) await writeFile(`${folder}/${file}`, bytes);
  const inside = await context.newPage();
  await inside.goto(`file://${folder}/index.html`);
  await expect.poll(() => inside.locator('img').evaluateAll((all) => all.every((img) => (img as HTMLImageElement).naturalWidth === 512))).toBe(true);
  await expect(inside.locator('article')).toHaveCount(4);
  await inside.screenshot({ path: info.outputPath('index.png'), fullPage: true });
});

test.describe('a result that cannot be fetched', () => {
  test.use({ tolerated: [/404|Failed to load resource/] });

  test('is named; it is asked for again, or the rest is saved without it', async ({ page, prompt, studio }) => {
    const { id } = await studio.batch(prompt, {
      image_tasks: [{ model: 'wan2.2-t2i-flash', prompt, size: '512*512', n: 2 }],
    });
    await studio.ended(id);
    const [entry] = await studio.entries(id);
    await page.route(`**/api/jobs/${entry?.id}/outputs/1`, (route) =>
      route.fulfill({
        status: 404,
        contentType: 'application/json',
        body: JSON.stringify({ request_id: 'r', error: { code: 'NotFound', message: '没有了', advice: '', charged: false } }),
      }),
    );
    const batch = new BatchPage(page);
    await batch.open(id);
    await batch.button('打包下载').click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('1 个文件没有取到');
    await expect(dialog).toContainText('第 1 条，第 2 个结果');
    await expect(dialog).toContainText('没有了');
    const { files } = await saved(page, () => dialog.getByRole('button', { name: '保存其余的' }).click());
    const manifest = json(files, 'manifest.json') as Manifest;
    expect(manifest.entries[0]?.files).toHaveLength(1);
    expect(manifest.entries[0]?.missing).toEqual([{ n: 1, why: '没有了' }]);
    await dialog.getByRole('button', { name: '关闭' }).click();

    await batch.button('打包下载').click();
    await expect(dialog).toContainText('1 个文件没有取到');
    await page.unroute(`**/api/jobs/${entry?.id}/outputs/1`);
    const whole = await saved(page, () => dialog.getByRole('button', { name: '再取一次' }).click());
    expect((json(whole.files, 'manifest.json') as Manifest).entries[0]?.files).toHaveLength(2);
  });
});

test('saving can be stopped', async ({ page, prompt, studio }) => {
  const { id } = await studio.batch(prompt, { image_tasks: [{ model: 'wan2.2-t2i-flash', prompt, size: '512*512' }] });
  await studio.ended(id);
  let held: (() => void) | undefined;
  await page.route('**/outputs/0', async (route) => {
    if (route.request().resourceType() === 'image') return route.continue();
    await new Promise<void>((resolve) => (held = resolve));
    return route.continue().catch(() => undefined);
  });
  const batch = new BatchPage(page);
  await batch.open(id);
  await batch.button('打包下载').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('正在取回文件：0 / 1');
  await dialog.getByRole('button', { name: '停止' }).click();
  await expect(dialog).toBeHidden();
  await expect(batch.button('打包下载')).toBeVisible();
  held?.();
});
