import { type Page, expect } from '@playwright/test';
import { open } from './ready';

/** Opens an address, and logs in with the code where it asks for one. */
export async function logIn(page: Page, code: string, path = '/'): Promise<void> {
  await open(page, path);
  await page.getByLabel('登录码', { exact: true }).fill(code);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible();
}
