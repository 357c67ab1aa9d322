import { open } from '../../../support/ready';
import { CreatePage } from '../../../support/create';
import { isOutside, MemberPage } from '../../../support/people';
import { expect, NOBODY, test } from '../../../support/test';

// The browser tells the console of every refusal, and of the socket that is shut.
test.use({ tolerated: [/40[0-9]|\/api\/live/] });

test('who is shut out is told so by their link, and is back where they were when they are let in again', async ({
  elsewhere,
  page,
  people,
  prompt,
}) => {
  const name = `小王 ${prompt.slice(-12)}`;
  const { secret } = await people.make({ name, kinds: ['image'], budget: { day: '1.00', month: null } });
  const link = `/login#${secret}`;
  const own = await elsewhere({ storageState: NOBODY });
  await own.goto(link);
  const create = new CreatePage(own);
  await create.prompt.fill(prompt);
  await create.count(4);
  await create.submit.click();
  await create.card(prompt).reaches('已完成');

  await open(page, '/usage');
  const spent = page.getByRole('table', { name: '按成员' }).getByRole('row', { name });
  await expect(spent).toContainText('¥0.56');
  await spent.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
  await expect(page.getByRole('meter', { name: '今天' })).toHaveAttribute('aria-valuetext', /已用 56%/);
  await new MemberPage(page).press('停用');
  await expect(page.locator('.badge', { hasText: '已停用' })).toBeVisible();

  await expect(own.getByText('你已被退出')).toBeVisible();
  await isOutside(own);
  await own.goto('about:blank');
  await own.goto(link);
  await expect(own.getByLabel('登录码', { exact: true })).toHaveAccessibleDescription(/已停用|作废/);
  await page.getByRole('button', { name: '恢复使用' }).click();
  await expect(page.locator('.badge', { hasText: '正常' })).toBeVisible();
  await own.goto('about:blank');
  await own.goto(link);
  await expect(create.card(prompt).root).toBeVisible();
});

test('what a member may not use says so at its address, and leads to what they may', async ({ elsewhere, people, prompt }) => {
  const { secret } = await people.make({ name: prompt, kinds: ['image'], models: ['qwen-image', 'wan2.2-t2i-plus'] });
  const page = await elsewhere({ storageState: NOBODY });
  await page.goto(`/login#${secret}`);
  const create = new CreatePage(page);
  await expect(create.prompt).toBeVisible();
  await expect(create.form.locator('input[type=radio][value^="wan2."], input[type=radio][value^="qwen-"]')).toHaveCount(2);

  await open(page, '/video');
  await expect(page.getByText('视频不在你可用的范围内')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: '图片' }).click();
  await expect(create.prompt).toBeVisible();

  await open(page, '/members');
  await expect(page.getByRole('heading', { name: '没有这个页面' })).toBeVisible();

  // A link to a model of the studio that is not this member's.
  await create.open(`/#kind=image&model=wan2.2-t2i-flash&prompt=${encodeURIComponent(prompt)}`);
  await expect(create.form).toContainText('没有允许你使用 wan2.2-t2i-flash');
  await create.submit.click();
  await expect(create.group('模型').first()).toContainText('没有允许你使用');
  await create.model('wan2.2-t2i-plus');
  await expect(create.form).not.toContainText('没有允许你使用');
});

test('everything about a member can be changed, and what is wrong is named at its field', async ({ page, people, prompt }) => {
  const { member } = await people.make({ name: prompt });
  const one = new MemberPage(page);
  await one.open(member?.id ?? '');
  const form = page.getByRole('form', { name: '设置' });
  await form.getByRole('textbox', { name: '名称' }).fill('');
  await form.getByRole('textbox', { name: /^每天/ }).fill('二十');
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form.getByRole('textbox', { name: '名称' })).toHaveAttribute('aria-invalid', 'true');
  await expect(form.getByRole('textbox', { name: /^每天/ })).toHaveAccessibleDescription(/0 到 1,000,000/);

  await form.getByRole('textbox', { name: '名称' }).fill(`${prompt} 改`);
  await form.getByRole('textbox', { name: /^每天/ }).fill('5');
  await form.getByLabel(/^最后一天/).fill('2030-12-31');
  await form.getByRole('textbox', { name: /^备注/ }).fill('实习生');
  await form.getByRole('switch', { name: '这些种类的全部模型' }).uncheck({ force: true });
  await form.getByRole('group', { name: '对话的模型' }).getByRole('checkbox').first().uncheck({ force: true });
  await form.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已保存。')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: `${prompt} 改` })).toBeVisible();
  await expect(page.getByText('2030-12-31').first()).toBeVisible();
  await expect(form.getByRole('textbox', { name: /^备注/ })).toHaveValue('实习生');
  await expect(form.getByRole('group', { name: '对话的模型' }).getByRole('checkbox').first()).not.toBeChecked();

  await one.press('删除成员');
  await expect(page).toHaveURL(/\/members$/);
  await expect(page.getByRole('heading', { level: 1, name: '成员' })).toBeFocused();
  await expect(page.getByRole('link', { name: `${prompt} 改` })).toHaveCount(0);
});
