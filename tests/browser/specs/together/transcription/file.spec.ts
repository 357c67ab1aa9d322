import { standing } from '../../../support/maker';
import { expect, test } from '../../../support/test';
import { wave } from '../../../support/wave';

test('a file that is picked is uploaded, recognised, and heard sentence by sentence', async ({
  page,
  prompt,
  transcription,
}) => {
  const name = `${prompt}.wav`;
  await transcription.open();
  await transcription.form.locator('input[type=file]').setInputFiles({ name, mimeType: 'audio/wav', buffer: wave(20) });
  await expect(transcription.form.locator('.zone__file')).toContainText(name, { timeout: 20_000 });
  await transcription.submit.click();
  const link = page.getByRole('link', { name, exact: true }).first();
  await expect(link).toBeVisible();
  await link.click();
  const main = page.getByRole('main');
  const lines = main.locator('.line');
  await expect(lines.nth(1)).toBeVisible({ timeout: 40_000 });
  await lines.nth(1).click();
  const player = main.locator('audio');
  await expect.poll(async () => (await standing(player)).at).toBeGreaterThan(0.5);
  await expect(main.locator('.line[aria-current]')).toHaveCount(1);
});

test('a file that is dropped is uploaded', async ({ page, prompt, transcription }) => {
  const name = `${prompt}.wav`;
  await transcription.open();
  const bytes = wave(2).toString('base64');
  const dropped = await page.evaluateHandle(
    ([name, bytes]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(bytes ?? ''), (c) => c.charCodeAt(0));
      transfer.items.add(new File([content], name ?? '', { type: 'audio/wav' }));
      return transfer;
    },
    [name, bytes],
  );
  await transcription.form.locator('.zone').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(transcription.form.locator('.zone__file')).toContainText(name, { timeout: 20_000 });
});

test('what cannot be used is refused before it is sent, and says why', async ({ page, transcription }) => {
  await transcription.open();
  let sent = 0;
  page.on('request', (request) => (sent += Number(request.url().includes('/api/files'))));
  const pick = (name: string, buffer: Buffer) =>
    transcription.form.locator('input[type=file]').setInputFiles({ name, mimeType: 'audio/wav', buffer });
  await pick('a.txt', Buffer.from('a'));
  await expect(transcription.form).toContainText('不支持 .txt');
  await pick('a.wav', Buffer.alloc(0));
  await expect(transcription.form).toContainText('这个文件是空的');
  await transcription.submit.click();
  expect(sent).toBe(0);
});

test.describe('a network that breaks', () => {
  test.use({ tolerated: [/ERR_FAILED|net::|api\/files/] });
  test('an upload that did not arrive is sent again without choosing again', async ({ page, prompt, transcription }) => {
    await transcription.open();
    await page.route('**/api/files?*', (route) => route.abort(), { times: 1 });
    const name = `${prompt}.wav`;
    await transcription.form.locator('input[type=file]').setInputFiles({ name, mimeType: 'audio/wav', buffer: wave(1) });
    await expect(transcription.form).toContainText('没有上传成功');
    await transcription.form.getByRole('button', { name: '重试' }).click();
    await expect(transcription.form.locator('.zone__file')).toContainText(name, { timeout: 20_000 });
  });
});
