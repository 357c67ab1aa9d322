import { ready } from '../../../support/ready';
import { expect, test } from '../../../support/test';

test('a readable shell stands there until the program is', async ({ page }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { name: '百炼工坊' })).toBeVisible();
  await expect(page.getByText('正在启动…')).toBeVisible();
  await expect(page.getByText('Starting…')).toBeHidden();
  release();
  await ready(page);
  await expect(page.getByText('正在启动…')).toHaveCount(0);
});

test.describe('without the program', () => {
  test.use({ tolerated: [/\.wasm|exception: /] });

  test('what went wrong is said, with a way to reload', async ({ page }) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto('/');
    await expect(page.getByRole('alert')).toContainText('页面没能启动');
    await page.unroute('**/*.wasm');
    await page.getByRole('button', { name: '重新载入' }).click();
    await ready(page);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('it is said that the page needs it', async ({ page }) => {
    await page.goto('/');
    // Text selectors pass over `noscript`.
    const told = page.locator('noscript p');
    await expect(told).toHaveText([/需要 JavaScript 和 WebAssembly/, /needs JavaScript and WebAssembly/], {
      useInnerText: true,
    });
    for (const line of await told.all()) await expect(line).toBeVisible();
  });
});
