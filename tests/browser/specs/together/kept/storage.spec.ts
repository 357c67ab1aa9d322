import { keepPlaces } from '../../../support/kept';
import { open } from '../../../support/ready';
import { expect, test } from '../../../support/test';

test('what is kept is shown, and for how long is set after a question', { tag: '@screens' }, async ({
  history,
  page,
  prompt,
  studio,
}) => {
  await studio.finished({ prompt });
  await history.open();
  await page.getByRole('link', { name: '存储', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '存储' })).toBeVisible();
  await expect(page.getByTestId('used')).toHaveText(/^[\d.]+ [kMG]B，[1-9]\d* 个文件$/);

  const retention = page.getByRole('combobox', { name: '结果保留多久' });
  await expect(retention).toHaveValue('');
  const question = page.getByRole('dialog', { name: '只保留最近 365 天的结果？' });
  await retention.selectOption('365 天');
  await question.getByRole('button', { name: '不了' }).click();
  await expect(retention).toHaveValue('');
  expect(await studio.retention()).toBeNull();

  await retention.selectOption('365 天');
  await question.getByRole('button', { name: '确定' }).click();
  await expect(page.getByRole('status', { name: '消息' })).toContainText('保留期限已更新');
  expect(await studio.retention()).toBe(365);
  await page.reload();
  await expect(retention).toHaveValue('365');
  await keepPlaces(page, { storage: () => expect(retention).toBeVisible() });

  await retention.selectOption('一直保留');
  await expect.poll(() => studio.retention()).toBeNull();
});

test('without a bucket the page says what that means', { tag: '@screens' }, async ({ page }) => {
  const nothing = { keeps_results: false, bytes: 0, files: 0, retention_days: null };
  await page.route('**/api/storage', (route) => route.fulfill({ json: nothing }));
  await open(page, '/storage');
  await expect(page.getByText('没有绑定存储桶')).toBeVisible();
  await expect(page.getByRole('combobox', { name: '结果保留多久' })).toHaveCount(0);
  await keepPlaces(page, { 'storage-without-bucket': () => expect(page.getByTestId('used')).toBeVisible() });
});

test('the page of what was spent leads to the storage', async ({ page }) => {
  await open(page, '/usage');
  await page.getByRole('main').getByRole('link', { name: '存储', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '存储' })).toBeVisible();
});
