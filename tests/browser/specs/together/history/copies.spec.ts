import { CreatePage } from '../../../support/create';
import { expect, test } from '../../../support/test';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('the settings are copied as JSON', async ({ job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt, seed: 9 });
  await job.open(id);
  await job.button('复制 JSON').click();
  await expect.poll(() => clipboard(page)).toContain(prompt);
  const copied: unknown = JSON.parse(await clipboard(page));
  expect(copied).toMatchObject({ model: 'wan2.2-t2i-flash', prompt, size: '512*512', n: 1, seed: 9 });
});

test('the command line that is copied makes the same job again', async ({ address, job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  await job.open(id);
  await job.button('复制 cURL').click();
  await expect.poll(() => clipboard(page)).toMatch(/^curl /);
  const line = await clipboard(page);
  expect(line).toContain(`${address.url}/api/jobs`);
  expect(line).toContain('<your code>');
  expect(line).not.toContain(address.code);
  const body: unknown = JSON.parse(/--data-raw '(.*)'$/s.exec(line)?.[1] ?? '');
  expect(body).toMatchObject({ prompt, size: '512*512' });
});

test('a recipe link fills the form of whoever opens it, and submits nothing', async ({
  elsewhere,
  job,
  page,
  prompt,
  studio,
}) => {
  const { id } = await studio.finished({ prompt, n: 3, seed: 11, size: '768*1024' });
  await job.open(id);
  await job.button('复制配方链接').click();
  await expect.poll(() => clipboard(page)).toContain('/#');
  const link = await clipboard(page);

  const other = await elsewhere();
  const form = new CreatePage(other);
  await form.open(link);
  await expect(form.prompt).toHaveValue(prompt);
  await expect(form.seed).toHaveValue('11');
  await expect(form.side('宽')).toHaveValue('768');
  await expect(form.group('张数').getByRole('radio', { name: '3', exact: true })).toBeChecked();
  await expect(form.form).toContainText('尚未提交');
  expect(await studio.jobs(prompt)).toHaveLength(1);
});

function clipboard(page: import('@playwright/test').Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}
