import { expect, test } from '../../../support/test';

test('the sunrise of the reference says before pressing what is sent otherwise, and what it costs', async ({ films }) => {
  await films.open();
  await films.example('日出延时');
  await expect(films.text('提示词')).toHaveValue('日出延时摄影');
  await expect(films.number('时长')).toHaveValue('10');
  await expect(films.notes).toContainText(/时长\s*10\s*→\s*5/);
  await expect(films.notes).toContainText(/帧率\s*24\s*→\s*30/);
  await expect(films.notes).toContainText('wanx2.1-t2v-plus');
  await expect(films.price).toContainText('¥3.50');
  await expect(films.price).toContainText('¥0.70 × 5 秒');
});

test('a prompt of more than 800 characters is noted, more than 1000 refused', async ({ films }) => {
  await films.open();
  await films.choose('wan2.1-t2v-plus');
  await films.text('提示词').fill('海'.repeat(801));
  await expect(films.notes).toContainText('只读提示词的前 800 字');
  await films.text('提示词').fill('海'.repeat(1001));
  await expect(films.text('提示词')).toHaveAccessibleDescription(/1001 字，最多 1000 字/);
});

test('newer models are folded away until one is chosen', async ({ films }) => {
  await films.open();
  const newer = films.form.getByRole('radiogroup', { name: '更新的模型' });
  await expect(newer).toBeHidden();
  await films.choose('wan2.7-t2v');
  await expect(newer).toBeVisible();
  await expect(films.form.getByRole('group', { name: '宽高比' })).toBeVisible();
  await expect(films.number('帧率')).toHaveCount(0);
});

test('a range is held at both its ends', async ({ films }) => {
  await films.open();
  await films.choose('wan2.1-t2v-plus');
  for (const [name, low, high] of [['时长', 1, 15], ['帧率', 1, 240], ['随机种子', 0, 2_147_483_647]] as const) {
    for (const [value, wrong] of [[low - 1, true], [low, false], [high, false], [high + 1, true]] as const) {
      await films.number(name).fill(String(value));
      if (wrong) await expect(films.number(name)).toHaveAttribute('aria-invalid', 'true');
      else await expect(films.number(name)).not.toHaveAttribute('aria-invalid', 'true');
    }
    await films.number(name).fill(String(low));
  }
});

test('a recipe link opens the page of its kind', async ({ films, page }) => {
  await page.goto('/#model=wan2.1-t2v-turbo&prompt=%E6%B5%B7&size=832*480&duration=5');
  await expect(page).toHaveURL(/\/video$/);
  await expect(films.text('提示词')).toHaveValue('海');
  await expect(films.form.locator('input[type=radio][value="832*480"]')).toBeChecked();
});
