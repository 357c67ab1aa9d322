import { open } from '../../../support/ready';
import { IssuedCard, isOutside, MemberPage } from '../../../support/people';
import { expect, NOBODY, test } from '../../../support/test';

// The browser tells the console of every refusal, and of the socket that is shut.
test.use({ tolerated: [/40[0-9]|\/api\/live/] });

test('a code is made for a friend, limited, and revoked: only the friend has to leave', async ({ elsewhere, people, prompt }) => {
  const { secret } = await people.make({ name: prompt, budget: { day: '2', month: null } });
  const own = await elsewhere({ storageState: NOBODY });
  await own.goto(`/login#${secret}`);
  await own.getByRole('banner').getByRole('link', { name: '登录码' }).click();
  await expect(own.getByRole('heading', { level: 1, name: '登录码' })).toBeFocused();
  await own.getByRole('button', { name: '新登录码' }).click();
  const form = own.getByRole('form', { name: '新登录码' });
  await form.getByRole('button', { name: '新登录码' }).click();
  await expect(form.getByRole('textbox', { name: '给谁或哪台设备用' })).toHaveAttribute('aria-invalid', 'true');
  await form.getByRole('textbox', { name: '给谁或哪台设备用' }).fill('小李');
  await form.getByRole('textbox', { name: /^每天最多/ }).fill('0.5');
  await form.getByRole('button', { name: '新登录码' }).click();
  const issued = new IssuedCard(own);
  const link = await issued.link();
  expect(await issued.scanned()).toBe(link);
  await issued.keep();

  const friend = await elsewhere({ storageState: NOBODY });
  const live = friend.waitForEvent('websocket');
  await friend.goto(link);
  await expect(friend.getByRole('navigation', { name: '主导航' })).toBeVisible();
  await live;

  const codes = new MemberPage(own);
  await expect(codes.code('小李')).toContainText('预算 ¥0.50');
  await codes.press('作废', codes.code('小李'));
  await expect(friend.getByText('你已被退出')).toBeVisible();
  await isOutside(friend);
  await expect(own.getByText('已作废的（1）')).toBeVisible();
  await expect(own.getByRole('navigation', { name: '主导航' })).toBeVisible();
});

test('replacing the code that one came in with shows the new one, and the page goes on', async ({ elsewhere, people, prompt }) => {
  const { secret, code } = await people.make({ name: prompt });
  const page = await elsewhere({ storageState: NOBODY });
  await page.goto(`/login#${secret}`);
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible();
  const other = await elsewhere({ storageState: NOBODY });
  await other.goto(`/login#${secret}`);
  await expect(other.getByRole('navigation', { name: '主导航' })).toBeVisible();

  await open(page, '/codes');
  const codes = new MemberPage(page);
  await expect(codes.code(code.name)).toContainText('正在用');
  await codes.press('更换', codes.code(code.name));
  const issued = new IssuedCard(page);
  const link = await issued.link();
  expect(link).not.toContain(secret);

  await expect(other.getByText('你已被退出')).toBeVisible();
  await other.goto('about:blank');
  await other.goto(`/login#${secret}`);
  await expect(other.getByLabel('登录码', { exact: true })).toHaveAccessibleDescription(/作废、更换过/);
  await other.goto('about:blank');
  await other.goto(link);
  await expect(other.getByRole('navigation', { name: '主导航' })).toBeVisible();

  await issued.keep();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: '登录码' })).toBeVisible();
});

test('logging out everywhere ends every page, and the code lets in again', async ({ elsewhere, people, prompt }) => {
  const { secret } = await people.make({ name: prompt });
  const pages = [await elsewhere({ storageState: NOBODY }), await elsewhere({ storageState: NOBODY })] as const;
  for (const page of pages) {
    await page.goto(`/login#${secret}`);
    await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible();
  }
  const [here, there] = pages;
  await here.getByRole('banner').getByRole('link', { name: '登录码' }).click();
  await new MemberPage(here).press('退出所有设备');
  await isOutside(here);
  await isOutside(there);
  await expect(there.getByText('你已被退出')).toBeVisible();
  await here.goto('about:blank');
  await here.goto(`/login#${secret}`);
  await expect(here.getByRole('navigation', { name: '主导航' })).toBeVisible();
});

test('a link logs in another member in the place of the one who is there', async ({ elsewhere, people, prompt, studio }) => {
  await studio.finished({ prompt });
  const { secret } = await people.make({ name: prompt, kinds: ['image'] });
  const page = await elsewhere();
  await open(page, '/');
  await expect(page.getByText(prompt).first()).toBeVisible();
  await page.goto('about:blank');
  await page.goto(`/login#${secret}`);
  await expect(page.getByText('还没有作品')).toBeVisible();
  await expect(page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '成员' })).toHaveCount(0);
});
