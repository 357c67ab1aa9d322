import { expect, test } from '../../../support/test';

test.use({ tolerated: [/404.*\/api\/conversations\//] });

test('a conversation is found, renamed, deleted, and gone for other pages', async ({ chat, page, prompt, elsewhere }) => {
  await chat.open();
  await chat.say(`${prompt} 甲 [[sim:say 好]]`);
  await chat.ends();
  const id = await chat.id();
  await expect(chat.row(prompt)).toBeVisible();

  await chat.row(prompt).getByRole('button', { name: '改名' }).click();
  const title = page.getByRole('dialog').getByRole('textbox', { name: '标题' });
  await title.fill(`改过的 ${prompt}`);
  await title.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('heading', { level: 2, name: `改过的 ${prompt}` })).toBeVisible();
  await expect(chat.row(`改过的 ${prompt}`)).toBeVisible();

  await chat.search.fill('没有这样的对话');
  await expect(chat.list).toContainText('没有符合的对话');
  await chat.search.fill(`改过的 ${prompt}`);
  await expect(chat.list.getByRole('listitem')).toHaveCount(1);

  await chat.row(`改过的 ${prompt}`).getByRole('button', { name: '删除' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(chat.list.getByRole('listitem')).toHaveCount(0);

  const other = await elsewhere();
  await other.goto(`/chat/${id}`);
  await expect(other.getByRole('main')).toContainText('没有这个对话');
});
