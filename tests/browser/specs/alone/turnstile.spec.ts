import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { output } from '../../setup/places';
import { type Product, start } from '../../setup/product';
import { open } from '../../support/ready';
import { NOBODY, expect, test as base } from '../../support/test';

const CODE = randomBytes(18).toString('base64url');
const SCRIPT = 'https://challenges.cloudflare.com/**';

// A studio of its own with Turnstile switched on. Cloudflare's keys for tests: the simulator passes every token, once.
const test = base.extend<object, { guarded: Product }>({
  guarded: [
    async ({}, use) => {
      const state = output('state-turnstile');
      await rm(state, { recursive: true, force: true });
      const settings = {
        TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
        TURNSTILE_SECRET_KEY: '1x0000000000000000000000000000000AA',
      };
      const product = await start({ code: CODE, state, settings });
      await use(product);
      await product.end();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ guarded }, use) => use(guarded.url),
});
test.use({ storageState: NOBODY, tolerated: [/challenges\.cloudflare\.com|40[13].*\/api\/session/] });

/** A small widget in the place of Cloudflare's, which lies on the internet: it gives a token a moment after it is drawn. */
async function widget(page: Page, options: { passes: boolean } = { passes: true }): Promise<void> {
  const script = `
    window.asked = [];
    let given = 0;
    const give = (options) => setTimeout(() => ${options.passes}
      ? options.callback('token-' + performance.timeOrigin + '-' + given++)
      : options['error-callback']('300010'), 300);
    let last;
    window.turnstile = {
      render: (place, options) => { window.asked.push(options); place.textContent = 'widget'; give(last = options); return 'w'; },
      reset: () => give(last),
      remove: () => {},
    };`;
  await page.route(SCRIPT, (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
}

const field = (page: Page) => page.getByLabel('登录码', { exact: true });
const button = (page: Page) => page.getByRole('button', { name: '登录', exact: true });
const navigation = (page: Page) => page.getByRole('navigation', { name: '主导航' });

test('the login waits for the check, and leads to where one wanted to be, in a page that may load nothing from elsewhere', async ({ page }) => {
  await widget(page);
  await open(page, '/history?state=done');
  // Only the document at /login may load the widget.
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByTestId('person')).toHaveText('widget');
  await field(page).fill('not-the-code');
  await button(page).click();
  await expect(field(page)).toHaveAccessibleDescription(/登录码不对/);
  // The token was used; the widget has given another by itself.
  await field(page).fill(CODE);
  await button(page).click();
  await expect(navigation(page)).toBeVisible();
  await expect(page).toHaveURL(/\/history\?state=done$/);
  await expect(page.locator('meta[name=turnstile-site-key]')).toHaveCount(0);
  expect(await page.evaluate(() => 'turnstile' in window)).toBe(false);
});

test('the widget speaks the language and wears the theme of the page', async ({ page }) => {
  await widget(page);
  await page.addInitScript(() => {
    localStorage.setItem('studio.language', 'en');
    localStorage.setItem('studio.theme', 'dark');
  });
  await open(page, '/login');
  await expect(page.getByTestId('person')).toHaveText('widget');
  const asked = await page.evaluate(() => (window as unknown as { asked: Record<string, unknown>[] }).asked.at(-1));
  expect(asked).toMatchObject({ sitekey: '1x00000000000000000000AA', language: 'en', theme: 'dark', action: 'login' });
});

test('a login link waits for the check too', async ({ page }) => {
  await widget(page);
  await open(page, `/login#${CODE}`);
  await expect(navigation(page)).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
});

test('where the network holds the script back, it is said, with what to do, and no code is sent', async ({ page }) => {
  await page.route(SCRIPT, (route) => route.abort('blockedbyclient'));
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url());
  });
  await open(page, '/login');
  const main = page.getByRole('main');
  await expect(main.getByText('人机验证没能载入')).toBeVisible();
  await expect(main.getByText(/challenges\.cloudflare\.com.*放行/)).toBeVisible();
  await field(page).fill(CODE);
  await button(page).click();
  await expect(main.getByText('还没有通过人机验证，登录码没有发出。')).toBeVisible();
  await expect(button(page)).toBeEnabled();
  expect(sent).toEqual([]);
});

test('a check that does not pass is said, and can be tried again', async ({ page }) => {
  await widget(page, { passes: false });
  await open(page, '/login');
  await expect(page.getByRole('main').getByText('人机验证没有通过')).toBeVisible();
  await expect(page.getByRole('button', { name: '重试' })).toBeVisible();
});
