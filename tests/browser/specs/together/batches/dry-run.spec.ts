import { expect, test } from '../../../support/test';

test('a batch that is pasted is checked at once: every problem with its place, and the way there', async ({
  newBatch,
  page,
  prompt,
  simulator,
}) => {
  await newBatch.open();
  await newBatch.from('粘贴');
  await expect(newBatch.start).toBeDisabled();
  const wrong = `{
  "image_tasks": [
    {"model": "wan2.2-t2i-flash", "prompt": "${prompt}", "n": 9},
    {"model": "qwen-image", "prompt": "${prompt}", "size": "1x1", "seed": 3}
  ],
  "text_tasks": [{"model": "qwen-turbo"}]
}`;
  await newBatch.text.fill(wrong);
  await expect(newBatch.check).toContainText('有 4 处问题');
  await expect(newBatch.check).toContainText('3 条');
  await expect(newBatch.start).toBeDisabled();

  const row = (place: string) => newBatch.problems.filter({ hasText: place });
  await expect(newBatch.problems).toHaveCount(5);
  const count = row('image_tasks[0]');
  await expect(count).toContainText('n');
  await expect(count).toContainText('9');
  await expect(count).toContainText('1 到 4 的整数');
  await count.getByRole('button', { name: /^跳到第 3 行第 \d+ 列$/ }).click();
  expect(await newBatch.marked()).toMatch(/^9\}/);
  await expect(newBatch.text).toBeFocused();
  await expect(row('text_tasks[0]')).toContainText('没有写');

  await newBatch.text.fill(wrong.replace('"n": 9', '"n": 2'));
  await expect(newBatch.check).toContainText('有 3 处问题');
  await page.waitForLoadState('networkidle');
  expect(await simulator.creations(prompt)).toBe(0);
});

test('the dry run tells number, price, time and what is sent otherwise, before anything is spent', async ({
  newBatch,
  prompt,
  simulator,
}) => {
  await newBatch.open();
  await newBatch.from('粘贴');
  await newBatch.text.fill(
    JSON.stringify({
      image_tasks: [
        { model: 'wan2.2-t2i-flash', prompt, n: 2 },
        { model: 'qwen-image', prompt, size: '1472*1140' },
      ],
      text_tasks: [{ model: 'qwen-turbo', prompt }],
    }),
  );
  await expect(newBatch.check).toContainText('没有问题');
  await expect(newBatch.check).toContainText('3 条');
  await expect(newBatch.check).toContainText('图片 2 · 对话 1');
  await expect(newBatch.check.getByTestId('price')).toContainText('¥');
  await expect(newBatch.check).toContainText(/约 \d+ 秒全部提交/);
  await expect(newBatch.check.locator('.notice', { hasText: '1472*1104' })).toContainText('第 2 条');
  await expect(newBatch.start).toBeEnabled();
  await expect(newBatch.start).toHaveText(/开始 · 最多 ¥0\.\d+/);
  expect(await simulator.creations(prompt)).toBe(0);
});

test('a text that is no JSON and a file that is too large say so, where they are', async ({ newBatch, page }) => {
  await newBatch.open();
  await newBatch.pick('large.json', Buffer.alloc(1024 * 1024 + 1, ' '));
  await expect(page.getByText(/这个文件有 1\.0 MB，最多 1 MiB/)).toBeVisible();
  await newBatch.pick('broken.json', '{\n  "image_tasks": [\n    {"model" "x"}\n  ]\n}');
  await expect(newBatch.problems.nth(1)).toContainText('3:');
  await expect(newBatch.start).toBeDisabled();
});
