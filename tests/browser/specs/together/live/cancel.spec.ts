import { expect, test } from '../../../support/test';

test('a job that still waits can be called back, is not billed, and can be tried again', async ({
  create,
  prompt,
  studio,
  simulator,
}) => {
  await create.open();
  // Two tasks of a model run at once, and two pictures a second are sent: the last of these waits.
  for (let n = 0; n < 6; n += 1) await studio.submit({ prompt: `${prompt} ${n} [[sim:run 20]]` });
  const last = `${prompt} last`;
  await create.prompt.fill(last);
  await create.submit.click();
  const card = create.card(last);
  await card.button('取消').click();
  await card.reaches('已取消');
  expect(await simulator.creations(last)).toBeLessThanOrEqual(1);
  await card.button('重试').click();
  await create.card(last).reaches('已完成', 40_000);
});

test.describe('too late', () => {
  test.use({ tolerated: [/409.*\/cancel/] });
  test('a cancel that comes too late says so, and the job goes on', async ({ create, page, prompt, studio }) => {
    const slow = `${prompt} [[sim:pending 20]] [[sim:run 60]]`;
    await create.open();
    await create.prompt.fill(slow);
    await create.submit.click();
    const card = create.card(slow);
    const begun = async () => {
      const [job] = (await studio.jobs(slow)) as unknown as { state: string; cancelable: boolean }[];
      return job?.state === 'running' && !job.cancelable;
    };
    // The press reaches the worker only once the vendor has begun.
    await page.route('**/api/jobs/*/cancel', async (route) => {
      await expect.poll(begun, { timeout: 20_000 }).toBe(true);
      await route.continue();
    });
    await card.button('取消').click();
    await expect(page.getByRole('status', { name: '消息' })).toContainText('已来不及取消', { timeout: 20_000 });
    await card.reaches('已完成', 40_000);
  });
});
