import { expect, test } from '../../../support/test';

test('800 characters of Chinese are taken, and counted as characters, not bytes', async ({ create }) => {
  await create.open();
  await create.prompt.fill('猫'.repeat(800));
  await expect(create.field(create.prompt)).toContainText('800 / 800 字');
  await expect(create.prompt).not.toHaveAttribute('aria-invalid', 'true');
  await expect(create.price).toContainText('¥');
});

test('801 characters are named beside the prompt, which is marked as wrong', async ({ create }) => {
  await create.open();
  await create.prompt.fill('猫'.repeat(801));
  await expect(create.field(create.prompt)).toContainText('801 / 800 字');
  await expect(create.prompt).toHaveAttribute('aria-invalid', 'true');
  await expect(create.prompt).toHaveAccessibleDescription(/提示词有 801 字，最多 800 字/);
});

test('an emoji outside the basic plane counts as one character', async ({ create }) => {
  await create.open();
  await create.prompt.fill('🐱'.repeat(3));
  await expect(create.field(create.prompt)).toContainText('3 / 800 字');
});

test('an empty prompt is held against nobody before pressing, and then takes the focus', async ({ create, page }) => {
  await create.open();
  await expect(create.prompt).not.toHaveAttribute('aria-invalid', 'true');
  const sent = countSubmissions(page);
  await create.submit.click();
  await expect(create.prompt).toHaveAttribute('aria-invalid', 'true');
  await expect(create.prompt).toHaveAccessibleDescription(/缺少提示词/);
  await expect(create.prompt).toBeFocused();
  expect(sent()).toBe(0);
});

test('a negative prompt that is too long is unfolded, named and not submitted', async ({ create, page, prompt }) => {
  await create.open();
  await create.prompt.fill(prompt);
  await create.form.getByText('反向提示词', { exact: true }).first().click();
  const negative = create.form.getByRole('textbox', { name: /^反向提示词/ });
  await negative.fill('雨'.repeat(501));
  await create.form.locator('summary').filter({ hasText: '反向提示词' }).click();
  await expect(negative).toBeHidden();
  const sent = countSubmissions(page);
  await create.submit.click();
  await expect(negative).toBeFocused();
  await expect(negative).toHaveAttribute('aria-invalid', 'true');
  expect(sent()).toBe(0);
});

test('HTML and direction marks in a prompt stay text', async ({ create, page, prompt }) => {
  const hostile = `<img src=x onerror="document.title='taken'"> \u202Eevil\u202C <b>${prompt}</b>`;
  await create.open();
  await create.prompt.fill(hostile);
  await create.submit.click();
  const card = create.card(hostile);
  await expect(card.link()).toHaveText(hostile);
  await expect(card.root.locator('img[src="x"], b')).toHaveCount(0);
  await expect(page).not.toHaveTitle('taken');
});

/** How many submissions the page has sent since. */
function countSubmissions(page: import('@playwright/test').Page): () => number {
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/jobs')) sent += 1;
  });
  return () => sent;
}
