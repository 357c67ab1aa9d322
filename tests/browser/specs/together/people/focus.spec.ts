import { open } from '../../../support/ready';
import { IssuedCard, MemberPage } from '../../../support/people';
import { ShareDialog } from '../../../support/share';
import { expect, test } from '../../../support/test';

// The focus goes on where what had it goes away: who uses keys does not begin anew at the head of the page.

test('forms of members and codes give the focus back', async ({ page, people, prompt }) => {
  const { member } = await people.make({ name: prompt });
  await open(page, '/members');
  const opener = page.getByRole('button', { name: '新成员' });
  await opener.click();
  await expect(page.getByRole('textbox', { name: '名称' })).toBeFocused();
  await page.getByRole('button', { name: '取消' }).click();
  await expect(opener).toBeFocused();

  const one = new MemberPage(page);
  await one.open(member?.id ?? '');
  // Not the form's own, which is called the same.
  const more = page.getByRole('button', { name: '新登录码' }).and(page.locator('[type=button]'));
  await more.click();
  await page.getByRole('button', { name: '取消' }).click();
  await expect(more).toBeFocused();
  await more.click();
  const name = page.getByRole('textbox', { name: '给谁或哪台设备用' });
  await name.fill('手机');
  await name.press('Enter');
  const issued = new IssuedCard(page);
  await expect(issued.root).toBeFocused();
  await issued.keep();
  await expect(page.getByRole('heading', { level: 1, name: prompt })).toBeFocused();

  const code = one.code('手机');
  const edit = code.getByRole('button', { name: '修改' });
  await edit.click();
  await code.getByRole('button', { name: '取消' }).click();
  await expect(edit).toBeFocused();
  await edit.click();
  await expect(name).toBeFocused();
  await name.press('Enter');
  await expect(name).toHaveCount(0);
  await expect(edit).toBeFocused();
  await one.press('作废', code);
  await expect(page.getByText('已作废的（1）')).toBeVisible();
  await expect(page.getByRole('list', { name: '登录码' })).toBeFocused();
});

test('a link that was made is marked, and a share that was revoked leaves the list focused', async ({ job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  await job.open(id);
  await job.button('分享').click();
  const dialog = new ShareDialog(page);
  await dialog.field(/^标题/).fill(prompt);
  await dialog.done();
  await expect(dialog.link).toBeFocused();
  const marked = await dialog.link.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd, input.value.length]);
  expect(marked).toEqual([0, marked[2], marked[2]]);
  await dialog.close();
  await expect(job.button('分享')).toBeFocused();

  await open(page, '/shares');
  const row = page.getByRole('article', { name: prompt });
  await row.getByRole('button', { name: '收回' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click();
  await expect(row).toHaveCount(0);
  await expect(page.getByRole('list', { name: '分享列表' })).toBeFocused();
});
