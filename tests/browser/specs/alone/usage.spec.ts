import { BatchPage } from '../../support/batches';
import { keepPlaces } from '../../support/kept';
import { expect, test } from '../../support/test';
import { UsagePage } from '../../support/usage';

// Budgets hold for the whole studio: these specs have it to themselves, and lift what they have set.
test.describe.configure({ mode: 'serial' });

const WITHOUT = { member: { day: null, month: null }, studio: { day: null, month: null } };

/** An amount as the page writes it: at least two decimals, four at most. */
const readable = (amount: number) => amount.toFixed(4).replace(/0{1,2}$/, '');

test.afterAll(({ studio }) => studio.budget(WITHOUT));

test('what was spent is shown by day, kind and model, and as a table to save', async ({ page, prompt, studio }) => {
  const before = await studio.spent();
  await studio.finished({ prompt, n: 2 });
  await studio.made({ model: 'sambert-zhichu-v1', text: '字'.repeat(100) });
  const usage = new UsagePage(page);
  await usage.open();

  await expect(usage.chart).toBeVisible();
  const kinds = usage.table('按种类');
  const cost = (kind: string, more: number) => `¥${readable((before[kind] ?? 0) + more)}`;
  await expect(kinds.getByRole('row', { name: /^图片/ })).toContainText(cost('image', 0.28));
  await expect(kinds.getByRole('row', { name: /^语音/ })).toContainText(cost('speech', 0.01));
  await expect(usage.table('按模型').getByRole('row', { name: /wan2\.2-t2i-flash/ })).toBeVisible();
  await page.getByText('按日期', { exact: true }).first().click();
  await expect(usage.table('按日期').getByRole('row')).toHaveCount(3);

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 CSV' }).first().click()]);
  expect(file.suggestedFilename()).toMatch(/^(bailian|usage)-\d{4}-\d\d-01-.*\.csv$/);

  await page.getByRole('radio', { name: '上月' }).check({ force: true });
  await expect(page.getByText('这段时间没有用量')).toBeVisible();
  await expect(page).toHaveURL(/period=last-month/);
  await page.reload();
  await expect(page.getByText('这段时间没有用量')).toBeVisible();
  await page.getByRole('radio', { name: '近 7 天' }).check({ force: true });
  await expect(usage.chart).toBeVisible();
});

test('what is made meanwhile is counted without a reload', async ({ page, prompt, studio }) => {
  const before = (await studio.spent()).image ?? 0;
  const usage = new UsagePage(page);
  await usage.open();
  await expect(usage.chart).toBeVisible();
  await studio.finished({ prompt });
  await expect(usage.table('按种类').getByRole('row', { name: /^图片/ })).toContainText(`¥${readable(before + 0.14)}`);
});

test('a batch that a budget holds up leads to the budgets, and goes on after one was raised', async ({
  page,
  prompt,
  simulator,
  studio,
}) => {
  await studio.budget({ member: { day: '0', month: null } });
  const { id } = await studio.batch(prompt, {
    image_tasks: [{ model: 'wan2.2-t2i-flash', prompt, size: '512*512' }],
  });
  const batch = new BatchPage(page);
  await batch.open(id);
  await batch.reaches('已暂停');
  await expect(page.getByRole('status').filter({ hasText: 'BudgetExceeded' })).toBeVisible();
  expect(await simulator.creations(prompt)).toBe(0);
  await page.getByRole('link', { name: '查看用量和预算' }).click();
  await new UsagePage(page).set({ 我的每天: '20' });
  await expect(page.getByText('预算已保存')).toBeVisible();
  await batch.open(id);
  await batch.button('继续').click();
  await batch.reaches('已完成');
  expect(await simulator.creations(prompt)).toBe(1);
  await studio.budget(WITHOUT);
});

test.describe(() => {
  test.use({ tolerated: [/40[02]/] }); // the browser tells the console of every refusal

  test('what is no amount is named at its field, and nothing is kept', async ({ page }) => {
    const usage = new UsagePage(page);
    await usage.open();
    await usage.set({ 我的每天: '二十', 工坊每月: '-1', 我的每月: '30' });
    await expect(usage.field('我的每天')).toHaveAttribute('aria-invalid', 'true');
    await expect(usage.field('工坊每月')).toHaveAttribute('aria-invalid', 'true');
    await expect(usage.field('我的每月')).not.toHaveAttribute('aria-invalid', 'true');
    await usage.field('我的每天').fill('1000001');
    await usage.field('工坊每月').fill('');
    await usage.form.getByRole('button', { name: '保存' }).click();
    await expect(usage.field('我的每天')).toHaveAccessibleDescription(/0 到 1,000,000/);
    await usage.form.getByRole('button', { name: '取消' }).click();
    await expect(usage.form).toBeHidden();
    await expect(page.getByRole('button', { name: '设置预算' })).toBeFocused();
    await expect(usage.meter('我的 · 本月')).toBeHidden();
  });

  test('a budget refuses, says where it is raised, and then the same request goes through', async ({
    chat,
    create,
    page,
    prompt,
    simulator,
  }) => {
    const usage = new UsagePage(page);
    await usage.open();
    await usage.set({ 我的每天: '0' });
    await expect(usage.form).toBeHidden();
    await expect(page.getByText('已用完')).toBeVisible();

    await create.open();
    await create.prompt.fill(prompt);
    await create.submit.click();
    const way = page.getByRole('link', { name: '查看用量和预算' });
    await expect(way).toBeVisible();
    expect(await simulator.creations(prompt)).toBe(0);
    await way.click();

    await usage.set({ 我的每天: '20' });
    await expect(usage.meter('我的 · 今天')).toHaveAttribute('aria-valuetext', /已用 \d+% · 预算 ¥20\.00/);
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '图片' }).click();
    await page.getByRole('article', { name: prompt }).getByRole('button', { name: '重试' }).click();
    await create.card(prompt).reaches('已完成');
    expect(await simulator.creations(prompt)).toBe(1);

    await usage.open();
    await usage.set({ 我的每天: '0' });
    await expect(page.getByText('已用完')).toBeVisible();
    await chat.open();
    await chat.say(prompt);
    await expect(page.getByRole('link', { name: '查看用量和预算' })).toBeVisible();
    expect(await simulator.said(prompt)).toHaveLength(0);
  });
});

test('the page of usage in every look', { tag: '@screens' }, async ({ page, studio }) => {
  test.setTimeout(180_000);
  await studio.budget({ member: { day: '2.00', month: null }, studio: { day: '0.50', month: '100' } });
  const usage = new UsagePage(page);
  await keepPlaces(page, {
    usage: async () => {
      await usage.open();
      await expect(usage.chart).toBeVisible();
      await expect(usage.meter('我的 · 今天')).toBeVisible();
    },
    'usage-form': async () => {
      await page.getByRole('button', { name: '设置预算' }).click();
      await expect(usage.form).toBeVisible();
    },
    'usage-empty': async () => {
      await usage.open('/usage?period=last-month');
      await expect(page.getByText('这段时间没有用量')).toBeVisible();
    },
  });
});
