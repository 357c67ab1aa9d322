import { accessible } from '../../../support/axe';
import { sizes } from '../../../support/card';
import { shot } from '../../../support/shot';
import { expect, test } from '../../../support/test';

test('a deleted job is gone at once, and brought back whole from the message', { tag: '@screens' }, async ({
  history,
  job,
  page,
  prompt,
  studio,
}) => {
  const { id } = await studio.finished({ prompt, n: 2 });
  await job.open(id);
  // A picture still on its way would be an error in the console once its job is gone.
  expect(await sizes(job.pictures())).toHaveLength(2);
  await job.button('删除').click();
  await expect(page).toHaveURL(/\/history$/);
  await expect(history.card(prompt).root).toHaveCount(0);
  expect(await studio.jobs(prompt)).toEqual([]);

  const messages = page.getByRole('status', { name: '消息' });
  await expect(messages).toContainText('已删除');
  const undo = messages.getByRole('button', { name: '撤销删除' });
  await undo.hover();
  await accessible(page);
  await shot(page, 'undo-1280-light-zh');
  await undo.click();
  await expect(messages).toContainText('已恢复');
  await expect(undo).toHaveCount(0);
  await expect(history.card(prompt).root).toBeVisible();
  expect((await studio.jobs(prompt)).map((job) => job.id)).toEqual([id]);
  await job.open(id);
  expect(await sizes(job.pictures())).toEqual(['512×512', '512×512']);
});

test('the message stays for ten seconds, and as long as it is looked at', async ({ job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  await page.clock.install();
  await job.open(id);
  await sizes(job.pictures());
  await job.button('删除').click();
  const undo = page.getByRole('button', { name: '撤销删除' });
  await expect(undo).toBeVisible();
  await page.clock.runFor(7_000);
  await expect(undo).toBeVisible();
  await undo.focus();
  await page.clock.runFor(20_000);
  await expect(undo).toBeVisible();
  await undo.blur();
  await page.clock.runFor(7_000);
  await expect(undo).toHaveCount(0);
});
