import { open } from '../../../support/ready';
import { CreatePage } from '../../../support/create';
import { IssuedCard, isOutside, MemberPage } from '../../../support/people';
import { expect, NOBODY, test } from '../../../support/test';

const PHONE = { storageState: NOBODY, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

// The browser tells the console of every refusal, and of the socket that is shut.
test.use({ tolerated: [/40[0-9]|\/api\/live/] });

test('a member for pictures logs in by link on a phone, spends what they have, and is shut out while they look', async ({
  elsewhere,
  page,
  prompt,
  simulator,
}) => {
  test.setTimeout(120_000);
  const name = `小王 ${prompt.slice(-12)}`;
  await open(page, '/members');
  await page.getByRole('button', { name: '新成员' }).click();
  const form = page.getByRole('form', { name: '新成员' });
  await expect(form.getByRole('textbox', { name: '名称' })).toBeFocused();
  await form.getByRole('textbox', { name: '名称' }).fill(name);
  for (const kind of ['对话', '视频', '语音', '识别']) await form.getByRole('checkbox', { name: kind }).uncheck({ force: true });
  await form.getByRole('textbox', { name: /^每天/ }).fill('1.00');
  await form.getByRole('button', { name: '建立并生成登录码' }).click();

  const issued = new IssuedCard(page);
  await expect(issued.root).toBeFocused();
  await expect(issued.root).toContainText('只显示这一次');
  const link = await issued.link();
  expect(link).toMatch(/\/login#\S{20,}$/);
  expect(await issued.scanned()).toBe(link);
  await issued.keep();

  const phone = await elsewhere(PHONE);
  await phone.goto(link);
  const ways = phone.getByRole('navigation', { name: '主导航' }).getByRole('link');
  await expect(ways).toHaveText(['图片', '批量', '历史', '用量']);
  expect(new URL(phone.url()).hash).toBe('');

  const create = new CreatePage(phone);
  await expect(create.prompt).toBeVisible();
  await expect(phone.getByTestId('left')).toContainText('今天还可用 ¥1.00');
  const ask = async (text: string, count: number) => {
    await create.prompt.fill(text);
    await create.count(count);
    await create.submit.click();
  };
  await ask(prompt, 4);
  await create.card(prompt).reaches('已完成');
  await expect(phone.getByTestId('left')).toContainText('今天还可用 ¥0.44');
  await ask(`${prompt} 再来`, 4);
  const refused = phone.getByRole('article', { name: `${prompt} 再来` });
  await expect(refused).toContainText('你今天的预算');
  await expect(refused.getByRole('link', { name: '查看用量和预算' })).toBeVisible();
  expect(await simulator.creations(`${prompt} 再来`)).toBe(0);

  await open(page, '/usage');
  const spent = page.getByRole('table', { name: '按成员' }).getByRole('row', { name });
  await expect(spent).toContainText('¥0.56');
  await spent.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
  await expect(page.getByRole('meter', { name: '今天' })).toHaveAttribute('aria-valuetext', /已用 56%/);
  await new MemberPage(page).press('停用');
  await expect(page.locator('.badge', { hasText: '已停用' })).toBeVisible();

  await expect(phone.getByText('你已被退出')).toBeVisible();
  await isOutside(phone);
  await expect(phone.getByText(prompt)).toHaveCount(0);

  await phone.goto('about:blank');
  await phone.goto(link);
  await expect(phone.getByLabel('登录码', { exact: true })).toHaveAccessibleDescription(/已停用|作废/);
  await page.getByRole('button', { name: '恢复使用' }).click();
  await expect(page.locator('.badge', { hasText: /^可用$/ })).toBeVisible();
  await phone.goto('about:blank');
  await phone.goto(link);
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
