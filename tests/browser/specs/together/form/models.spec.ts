import { expect, test } from '../../../support/test';

test('qwen-image offers its five sizes and no others', async ({ create }) => {
  await create.open();
  await create.model('qwen-image');
  const offered = create.group('尺寸').getByRole('radio');
  await expect(offered).toHaveCount(5);
  const values = await offered.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  expect(values).toEqual(['1328*1328', '1664*928', '1472*1140', '1140*1472', '928*1664']);
  await expect(create.side('宽')).toHaveCount(0);
});

test('qwen-image makes one picture at a time and says why', async ({ create }) => {
  await create.open();
  await create.model('qwen-image');
  await expect(create.group('张数').getByRole('radio')).toHaveCount(1);
  await expect(create.group('张数')).toContainText('这个模型每次只生成 1 张');
});

test('qwen-image takes no seed and says why', async ({ create }) => {
  await create.open();
  await create.model('qwen-image');
  await expect(create.seed).toBeDisabled();
  await expect(create.seed).toHaveAccessibleDescription(/没有为这个模型列出种子/);
});

test('another model keeps what fits and says what does not', async ({ create, prompt }) => {
  await create.open();
  await create.prompt.fill(prompt);
  await create.count(4);
  await create.seed.fill('7');
  await create.size('1440*810');
  await create.model('qwen-image');
  const told = create.form.getByRole('status').filter({ hasText: '换了模型' });
  await expect(told).toContainText('张数：4 → 1');
  await expect(told).toContainText('随机种子：7，此模型没有这一项');
  await expect(told).toContainText('尺寸：1440*810 → 1328*1328');
  await expect(create.prompt).toHaveValue(prompt);
});

test('what another model changed comes back with one press', async ({ create }) => {
  await create.open();
  await create.count(4);
  await create.seed.fill('7');
  await create.model('qwen-image');
  await create.form.getByRole('button', { name: '撤销' }).click();
  await expect(create.radio('wan2.2-t2i-flash')).toBeChecked();
  await expect(create.seed).toHaveValue('7');
  await expect(create.group('张数').getByRole('radio', { name: '4', exact: true })).toBeChecked();
});

test('a model of the same kind changes nothing and says nothing', async ({ create }) => {
  await create.open();
  await create.seed.fill('7');
  await create.model('wan2.2-t2i-plus');
  await expect(create.price).toBeVisible();
  await expect(create.seed).toHaveValue('7');
  await expect(create.form.getByText('换了模型')).toHaveCount(0);
});
