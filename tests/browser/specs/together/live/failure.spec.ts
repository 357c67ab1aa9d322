import { expect, test } from '../../../support/test';

test('a job the vendor refuses shows code, advice and that it was not charged', async ({ create, prompt }) => {
  const refused = `${prompt} [[sim:fail DataInspectionFailed]]`;
  await create.open();
  await create.prompt.fill(refused);
  await create.submit.click();
  const card = create.card(refused);
  await card.reaches('失败');
  await expect(card.root.locator('code', { hasText: 'DataInspectionFailed' })).toBeVisible();
  await expect(card.root).toContainText('未计费');
  await expect(card.root.locator('.notice__title')).toHaveText(/[\u4e00-\u9fff]{6,}/);
});

test('a failed job can be tried again', async ({ create, prompt, simulator }) => {
  const refused = `${prompt} [[sim:fail DataInspectionFailed]]`;
  await create.open();
  await create.prompt.fill(refused);
  await create.submit.click();
  await create.card(refused).reaches('失败');
  await create.card(refused).button('重试').click();
  await expect.poll(() => simulator.creations(refused), { timeout: 20_000 }).toBe(2);
});

test('a lost picture keeps its place with its reason, beside the one that came', async ({ create, prompt }) => {
  const partial = `${prompt} [[sim:partial 1]]`;
  await create.open();
  await create.prompt.fill(partial);
  await create.count(2);
  await create.submit.click();
  const card = create.card(partial);
  await card.reaches('已完成');
  const places = card.root.locator('.pictures').getByRole('listitem');
  await expect(places).toHaveCount(2);
  await expect(places.nth(0).getByRole('button', { name: '放大第 1 张' })).toBeVisible();
  await expect(places.nth(1)).toContainText('这一张没有生成');
  await expect(places.nth(1)).toContainText('InternalError.Timeout');
  await expect(card.root).toContainText('¥0.14');
});
