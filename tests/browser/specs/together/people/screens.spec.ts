import { keepPlaces } from '../../../support/kept';
import { open } from '../../../support/ready';
import { IssuedCard, MemberPage } from '../../../support/people';
import { expect, NOBODY, test } from '../../../support/test';

// The browser tells the console of every refusal.
test.use({ tolerated: [/40[0-9]|\/api\/live/] });

test('the pages of members and codes in every look', { tag: '@screens' }, async ({ elsewhere, page, people, prompt }) => {
  test.setTimeout(240_000);
  const some = { kinds: ['image', 'video'], models: ['qwen-image', 'wan2.2-t2i-flash', 'wan2.6-t2v'] };
  const { member } = await people.make({ name: `${prompt} 小王`, ...some, budget: { day: '1', month: '20' }, last_day: '2030-12-31', note: '设计组\n周报里的插图' });
  const out = await people.make({ name: `${prompt} 小李`, kinds: [] });
  await people.change(out.member?.id ?? '', { revoked: true });
  const { secret } = await people.make({ name: `${prompt} 手机`, kinds: ['image'], budget: { day: '1', month: null } });
  const phone = await elsewhere({ storageState: NOBODY });
  await phone.goto(`/login#${secret}`);
  await expect(phone.getByTestId('left')).toContainText('¥1.00');

  await keepPlaces(page, {
    members: async () => {
      await open(page, '/members');
      await expect(page.getByRole('link', { name: `${prompt} 小李` })).toBeVisible();
    },
    'members-new': async () => {
      await page.getByRole('button', { name: '新成员' }).click();
      await page.getByRole('form', { name: '新成员' }).getByRole('button', { name: '建立并生成登录码' }).click();
      await expect(page.getByRole('textbox', { name: '名称' })).toHaveAttribute('aria-invalid', 'true');
    },
    member: async () => {
      const one = new MemberPage(page);
      await one.open(member?.id ?? '');
      await page.getByRole('button', { name: '新登录码' }).click();
      await page.getByRole('textbox', { name: '给谁或哪台设备用' }).fill('手机');
      await page.getByRole('form', { name: '新登录码' }).getByRole('button', { name: '新登录码' }).click();
      await expect(new IssuedCard(page).root).toBeVisible();
    },
  });
  await keepPlaces(phone, {
    'member-create': async () => undefined,
    codes: async () => {
      await open(phone, '/codes');
      await expect(new MemberPage(phone).code(`${prompt} 手机`).or(phone.getByText('正在用')).first()).toBeVisible();
    },
    'not-yours': async () => open(phone, '/chat'),
    'login-taken': async () => {
      await open(phone, '/');
      await expect(phone.getByRole('navigation', { name: '主导航' })).toBeVisible();
      const { items } = (await (await phone.request.get('/api/codes')).json()) as { items: { id: string }[] };
      await phone.request.delete(`/api/codes/${items[0]?.id}`);
      await expect(phone.getByText('你已被退出')).toBeVisible();
    },
  });
});
