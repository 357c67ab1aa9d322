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
