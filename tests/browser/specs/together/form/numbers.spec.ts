import { expect, test } from '../../../support/test';

test('free sides say how many pixels they make', async ({ create }) => {
  await create.open();
  await create.size('1440*810');
  await expect(create.group('尺寸')).toContainText('共 1,166,400 像素，上限 2,000,000');
});

test('more than two million pixels are refused beside the size, and nothing is submitted', async ({
  create,
  page,
  prompt,
  studio,
}) => {
  await create.open();
  await create.prompt.fill(prompt);
  await create.size('1440*1440');
  await expect(create.side('宽')).toHaveAttribute('aria-invalid', 'true');
  await expect(create.group('尺寸')).toHaveAccessibleDescription(/2,000,000/);
  await create.submit.click();
  await expect(create.group('尺寸').locator(':focus')).toHaveCount(1);
  await expect(page.getByRole('article', { name: prompt })).toHaveCount(0);
  expect(await studio.jobs(prompt)).toEqual([]);
});

test('a side below 512 is refused', async ({ create }) => {
  await create.open();
  await create.size('511*1024');
  await expect(create.side('宽')).toHaveAttribute('aria-invalid', 'true');
});

test('a ratio sets both sides, and the turn swaps them', async ({ create }) => {
  await create.open();
  await create.group('尺寸').getByRole('radio', { name: '16:9' }).check({ force: true });
  const [width, height] = [await create.side('宽').inputValue(), await create.side('高').inputValue()];
  expect(Number(width) / Number(height)).toBeCloseTo(16 / 9, 1);
  await create.form.getByRole('button', { name: '横竖互换' }).click();
  await expect(create.side('宽')).toHaveValue(height);
  await expect(create.side('高')).toHaveValue(width);
});

test('the dice gives a seed within the range, another each time', async ({ create }) => {
  await create.open();
  const dice = create.form.getByRole('button', { name: '随机取一个种子' });
  const seeds = new Set<string>();
  for (let throws = 0; throws < 5; throws += 1) {
    await dice.click();
    await expect(create.seed).toHaveValue(/^\d+$/);
    const seed = await create.seed.inputValue();
    expect(Number(seed)).toBeLessThanOrEqual(2_147_483_647);
    seeds.add(seed);
  }
  expect(seeds.size).toBeGreaterThan(1);
  await expect(create.seed).not.toHaveAttribute('aria-invalid', 'true');
});

test('a seed that is no number is named', async ({ create }) => {
  await create.open();
  await create.seed.fill('猫');
  await expect(create.seed).toHaveAttribute('aria-invalid', 'true');
});

test('what was typed is still there after a reload', async ({ create, page, prompt }) => {
  await create.open();
  await create.prompt.fill(prompt);
  await create.seed.fill('42');
  await page.reload();
  await expect(create.prompt).toHaveValue(prompt);
  await expect(create.seed).toHaveValue('42');
});
