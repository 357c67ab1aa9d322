import { expect, test } from '../../../support/test';

test('what is spoken is recorded, heard, used or discarded', async ({ context, page, transcription }) => {
  await context.grantPermissions(['microphone']);
  await transcription.open();
  await transcription.choose('microphone');
  await transcription.form.getByRole('button', { name: '开始录音' }).click();
  await expect(transcription.form.getByRole('meter', { name: '音量' })).toBeVisible();
  await expect(transcription.form.locator('.zone--live')).toContainText('0:02', { timeout: 15_000 });
  await transcription.form.getByRole('button', { name: '停止' }).click();
  await expect(transcription.form.locator('audio')).toBeVisible();
  await transcription.form.getByRole('button', { name: '丢弃' }).click();
  await transcription.form.getByRole('button', { name: '开始录音' }).click();
  await expect(transcription.form.locator('.zone--live')).toContainText('0:01', { timeout: 15_000 });
  await transcription.form.getByRole('button', { name: '停止' }).click();
  await transcription.form.getByRole('button', { name: '使用这段录音' }).click();
  await expect(transcription.form.locator('.zone__file')).toContainText(/recording-\d{14}\.webm/, { timeout: 20_000 });
  await transcription.submit.click();
  await expect(page.getByRole('link', { name: /recording-\d{14}\.webm/ }).first()).toBeVisible();
});

test('a microphone that is refused says what to do', async ({ page, transcription }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await transcription.open();
  await transcription.choose('microphone');
  await transcription.form.getByRole('button', { name: '开始录音' }).click();
  await expect(transcription.form).toContainText('没有麦克风权限');
  await expect(transcription.form).toContainText('允许使用麦克风');
});
