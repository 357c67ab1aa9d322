import { sizes } from '../../../support/card';
import { CreatePage } from '../../../support/create';
import { open } from '../../../support/ready';
import { GONE, ShareDialog } from '../../../support/share';
import { expect, NOBODY, test } from '../../../support/test';

test.describe('a picture with a password and two views', () => {
  test.use({ tolerated: [/404.*\/(s|api\/shares)\/|401.*\/open/] });

  test('is opened twice by strangers, and the third time it is gone', async ({ elsewhere, job, page, prompt, studio }) => {
    const { id } = await studio.finished({ prompt, n: 2 });
    await job.open(id);
    await job.button('分享').click();
    const dialog = new ShareDialog(page);
    await dialog.root.getByRole('group', { name: '哪些结果' }).getByRole('checkbox', { name: '2' }).uncheck({ force: true });
    await dialog.field(/^标题/).fill('给你看的猫');
    await dialog.field(/^密码/).fill('开门');
    await dialog.field(/^可看次数/).fill('2');
    await dialog.make.click();
    await expect(dialog.field(/^密码/)).toHaveAccessibleDescription(/4 到 100 个字/);
    await dialog.field(/^密码/).fill('芝麻开门');
    const path = await dialog.done();
    await expect(dialog.root).toContainText('芝麻开门');
    await dialog.close();

    const stranger = await elsewhere({ storageState: NOBODY });
    await open(stranger, path);
    await expect(stranger.getByText('给你看的猫')).toHaveCount(0);
    await expect(stranger.getByRole('navigation')).toHaveCount(0);
    const password = stranger.getByRole('textbox', { name: '密码' });
    await password.fill('不对的密码');
    await password.press('Enter');
    await expect(password).toHaveAccessibleDescription(/密码不对/);
    await password.fill('芝麻开门');
    await password.press('Enter');
    await expect(stranger.getByRole('heading', { level: 1, name: '给你看的猫' })).toBeVisible();
    expect(await sizes(stranger.getByRole('button', { name: /^放大第/ }).getByRole('img', { includeHidden: true }))).toEqual(['512×512']);
    await expect(stranger.getByText(prompt)).toHaveCount(0);
    await stranger.getByRole('button', { name: '放大第 1 张' }).click();
    await expect(stranger.getByRole('dialog').getByRole('link', { name: '下载' })).toBeVisible();
    await stranger.keyboard.press('Escape');
    // A reload is no second view.
    await stranger.reload();
    await expect(stranger.getByRole('heading', { level: 1, name: '给你看的猫' })).toBeVisible();

    const second = await elsewhere({ storageState: NOBODY });
    await open(second, path);
    await second.getByRole('textbox', { name: '密码' }).fill('芝麻开门');
    await second.getByRole('button', { name: '打开' }).click();
    await expect(second.getByRole('heading', { level: 1, name: '给你看的猫' })).toBeVisible();

    const third = await elsewhere({ storageState: NOBODY });
    await open(third, path);
    await expect(third.getByText('这里没有分享，或者已经看不到了')).toBeVisible();

    await open(page, '/shares');
    const row = page.getByRole('article', { name: '给你看的猫' }).first();
    await expect(row).toContainText('看过 2 / 2 次');
    await expect(row).toContainText('有密码');
  });
});

test.describe('a share that is revoked', () => {
  test.use({ tolerated: GONE });

  test('is gone for who has it open', async ({ elsewhere, history, page, prompt, studio }) => {
    await studio.finished({ prompt: `${prompt} 甲` });
    await studio.finished({ prompt: `${prompt} 乙` });
    await history.open(`/history?q=${encodeURIComponent(prompt)}`);
    await page.getByRole('button', { name: '选择', exact: true }).click();
    await page.getByRole('button', { name: '全选' }).click();
    await page.getByRole('button', { name: '分享', exact: true }).click();
    const dialog = new ShareDialog(page);
    await dialog.field(/^标题/).fill(prompt);
    const path = await dialog.done();
    await dialog.close();

    const reader = await elsewhere({ storageState: NOBODY });
    await open(reader, path);
    await expect(reader.getByRole('button', { name: '放大第 1 张' })).toHaveCount(2);

    await open(page, '/shares');
    const row = page.getByRole('article', { name: prompt });
    await row.getByRole('button', { name: '收回' }).click();
    const question = page.getByRole('dialog', { name: '收回这个分享？' });
    await expect(question).toContainText('不能撤销');
    await question.getByRole('button', { name: '收回' }).click();
    await expect(row).toHaveCount(0);

    await reader.reload();
    await expect(reader.getByText('这里没有分享，或者已经看不到了')).toBeVisible();
  });
});

test('what was shared with its settings fills the form of whoever reads it', async ({ elsewhere, job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt, seed: 5, size: '768*1024' });
  await job.open(id);
  await job.button('分享').click();
  const dialog = new ShareDialog(page);
  await dialog.shows('结果和设置');
  const path = await dialog.done();

  const reader = await elsewhere();
  await open(reader, path);
  await expect(reader.getByText('随机种子')).toBeVisible();
  await reader.getByRole('link', { name: '使用这些设置' }).click();
  const form = new CreatePage(reader);
  await expect(form.prompt).toHaveValue(prompt);
  await expect(form.seed).toHaveValue('5');
  expect(await studio.jobs(prompt)).toHaveLength(1);
});

test('the settings alone need no server', async ({ job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  await job.open(id);
  await job.button('分享').click();
  const dialog = new ShareDialog(page);
  await dialog.shows('设置链接');
  await expect(dialog.link).toHaveValue(/\/#.*model=wan2\.2-t2i-flash/);
  await expect(dialog.make).toHaveCount(0);
});

test('a conversation is shared up to a turn, and read as Markdown', async ({ chat, elsewhere, page, prompt }) => {
  await chat.open();
  await chat.say(`${prompt} [[sim:say **要紧**的话]]`);
  await chat.ends();
  await chat.say(`${prompt} 二 [[sim:say 不给人看]]`);
  await expect(chat.answers).toHaveCount(2);
  await chat.ends();
  await chat.answers.first().getByRole('button', { name: '分享到这里' }).click();
  const dialog = new ShareDialog(page);
  await dialog.field(/^标题/).fill('一段对话');
  const path = await dialog.done();

  const reader = await elsewhere({ storageState: NOBODY });
  await open(reader, path);
  await expect(reader.getByRole('region', { name: '我' })).toHaveCount(1);
  await expect(reader.getByRole('region', { name: '回答' }).locator('strong')).toHaveText('要紧');
  await expect(reader.getByText('不给人看')).toHaveCount(0);
  await reader.reload();
  await expect(reader.getByRole('region', { name: '回答' }).locator('strong')).toHaveText('要紧');
  await open(page, '/shares');
  await expect(page.getByRole('article', { name: '一段对话' }).first()).toContainText('看过 1 次');
});

test('a hostile title is a text', async ({ elsewhere, job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  await job.open(id);
  await job.button('分享').click();
  const dialog = new ShareDialog(page);
  const title = `</title><script>window.slippedIn=1</script>"'><img src=x> ${prompt}`;
  await dialog.field(/^标题/).fill(title);
  const path = await dialog.done();
  const reader = await elsewhere({ storageState: NOBODY });
  await open(reader, path);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(reader).toHaveTitle(`${title} · 百炼工坊`);
  expect(await reader.evaluate(() => 'slippedIn' in window)).toBe(false);
  await expect(reader.locator('img[src="x"]')).toHaveCount(0);
});

test('the terms of a share are changed', async ({ job, page, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  await job.open(id);
  await job.button('分享').click();
  const dialog = new ShareDialog(page);
  await dialog.field(/^标题/).fill(prompt);
  await dialog.field(/^密码/).fill('芝麻开门');
  await dialog.done();
  await dialog.root.getByRole('link', { name: '管理分享' }).click();
  const row = page.getByRole('article', { name: prompt });
  await expect(row).toContainText('有密码');
  await row.getByRole('button', { name: '修改' }).click();
  await dialog.root.getByRole('radio', { name: '不要密码' }).check({ force: true });
  await dialog.field(/^可看次数/).fill('7');
  await dialog.root.getByRole('combobox', { name: '有效期' }).selectOption('一周');
  await dialog.root.getByRole('button', { name: '保存' }).click();
  await expect(row).toContainText('看过 0 / 7 次');
  await expect(row).toContainText('到期');
  await expect(row).not.toContainText('有密码');
});
