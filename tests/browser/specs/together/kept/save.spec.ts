import { readFile } from 'node:fs/promises';
import { type Download, type Page } from '@playwright/test';
import { accessible } from '../../../support/axe';
import { shot } from '../../../support/shot';
import { expect, test } from '../../../support/test';

/** Presses the button and waits for the file. */
async function save(page: Page): Promise<Download> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '打包下载' }).click();
  return download;
}

/** How many files lie in an archive. */
async function files(download: Download): Promise<number> {
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
  // The end of the directory tells how many.
  return bytes.readUInt16LE(bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 10);
}

test('the results of a job are saved as one file', async ({ job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt, n: 2 });
  await job.open(id);
  // Two pictures, the settings of each, the list for programs and the one for people.
  expect(await files(await save(page))).toBe(6);
});

test('jobs are picked in the history, and their results saved as one file', { tag: '@screens' }, async ({
  history,
  page,
  prompt,
  studio,
}) => {
  const prompts = ['甲', '乙', '丙'].map((name) => `${prompt} ${name}`);
  for (const one of prompts) await studio.finished({ prompt: one });
  await history.open(`/history?q=${encodeURIComponent(prompt)}`);
  await expect(history.list.getByRole('article')).toHaveCount(3);
  await page.getByRole('button', { name: '选择', exact: true }).click();
  await page.getByRole('checkbox', { name: `选中：${prompts[0]}` }).check();
  await page.getByRole('checkbox', { name: `选中：${prompts[2]}` }).check();
  await expect(page.getByText('已选 2 个')).toBeVisible();
  await accessible(page);
  await shot(page, 'history-picking-1280-light-zh');
  expect(await files(await save(page))).toBe(6);
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  await page.getByRole('button', { name: '全选' }).click();
  await expect(page.getByText('已选 3 个')).toBeVisible();
  await page.getByRole('button', { name: '结束选择' }).click();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});
