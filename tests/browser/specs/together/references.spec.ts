import { sizes } from '../../support/card';
import { expect, test } from '../../support/test';

// The reference page's own image command lines; the first of its four is main-job.spec.ts.

test('n=4 at 512*512 shows ¥0.56 before pressing and brings four pictures of 512×512', async ({ create, prompt }) => {
  await create.open();
  await create.prompt.fill(prompt);
  await create.model('wan2.2-t2i-flash');
  await create.size('512*512');
  await create.count(4);
  await expect(create.price).toContainText('¥0.56');
  await create.submit.click();
  const card = create.card(prompt);
  await card.reaches('已完成');
  expect(await sizes(card.pictures())).toEqual(Array(4).fill('512×512'));
});

test('qwen-image at 1472*1140 says before pressing that 1472*1104 is sent, and brings that', async ({
  page,
  create,
  prompt,
}) => {
  await create.open();
  await create.prompt.fill(`中文对联设计 ${prompt}`);
  await create.model('qwen-image');
  await create.size('1472*1140');
  await expect(create.price).toContainText('¥0.25');
  const note = create.form.locator('.notice').filter({ hasText: '提交时会这样调整' });
  await expect(note).toContainText(/1472\*1140\s*→\s*1472\*1104/);
  await create.submit.click();
  const card = create.card(`中文对联设计 ${prompt}`);
  await card.reaches('已完成');
  expect(await sizes(card.pictures())).toEqual(['1472×1104']);

  await card.link().click();
  await expect(page.getByRole('main')).toContainText('提交时做了这样的调整');
});

test('1440*810 with n=2 shows ¥0.28 before pressing and brings two pictures of 1440×810', async ({ create, prompt }) => {
  await create.open();
  await create.prompt.fill(prompt);
  await create.model('wan2.2-t2i-flash');
  await create.size('1440*810');
  await create.count(2);
  await expect(create.price).toContainText('¥0.28');
  await create.submit.click();
  const card = create.card(prompt);
  await card.reaches('已完成');
  expect(await sizes(card.pictures())).toEqual(['1440×810', '1440×810']);
});

test('one picture of wan2.2-t2i-flash shows ¥0.14 before pressing', async ({ create, prompt }) => {
  await create.open();
  await create.prompt.fill(prompt);
  await expect(create.price).toContainText('¥0.14');
});
