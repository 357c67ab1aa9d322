import { logIn } from '../../support/login';
import { isOutside } from '../../support/people';
import { open } from '../../support/ready';
import { expect, NOBODY, test } from '../../support/test';

test.describe('outside', () => {
  test.use({ storageState: NOBODY, tolerated: [/401.*\/api\/session/] });

  test('a code that is not right is named beside its field, which keeps the focus', async ({ page }) => {
    await open(page, '/');
    const code = page.getByLabel('登录码', { exact: true });
    await code.fill('not-the-code');
    await code.press('Enter');
    await expect(code).toHaveAttribute('aria-invalid', 'true');
    await expect(code).toHaveAccessibleDescription(/登录码不对/);
    await expect(code).toBeFocused();
  });

  test('no code at all is asked for', async ({ page }) => {
    await open(page, '/');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await expect(page.getByLabel('登录码', { exact: true })).toHaveAccessibleDescription(/请输入登录码/);
  });

  test('the code is shown and hidden with the eye', async ({ page }) => {
    await open(page, '/');
    const code = page.getByLabel('登录码', { exact: true });
    await expect(code).toHaveAttribute('type', 'password');
    await page.getByRole('button', { name: '显示登录码' }).click();
    await expect(code).toHaveAttribute('type', 'text');
  });

  test('after logging in one is where one wanted to be', async ({ page, address }) => {
    await logIn(page, address.code, '/history?state=done');
    await expect(page).toHaveURL(/\/history\?state=done$/);
    await expect(page.getByRole('heading', { level: 1, name: '历史' })).toBeVisible();
  });
});

test.describe('inside', () => {
  // The page is loaded anew, and asks who is there; what it was asking meanwhile is answered to nobody.
  test.use({ tolerated: [/401.*\/api\//] });

  test('logging out leads to the door, and the way back is shut', async ({ create, page }) => {
    await create.open();
    await page.getByRole('button', { name: '退出' }).click();
    await isOutside(page);
    const answer = await page.request.get('/api/session');
    expect(answer.status()).toBe(401);
  });
});
