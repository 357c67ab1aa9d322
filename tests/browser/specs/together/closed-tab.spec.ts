import { sizes } from '../../support/card';
import { CreatePage } from '../../support/create';
import { expect, test } from '../../support/test';

test('a job whose page was closed right after pressing finishes, and is seen in another browser', async ({
  page,
  create,
  prompt,
  elsewhere,
  simulator,
}) => {
  await create.open();
  await create.prompt.fill(prompt);
  const accepted = page.waitForResponse((answer) => answer.url().endsWith('/api/jobs') && answer.status() === 202);
  await create.submit.click();
  await accepted;
  await page.close();

  const other = new CreatePage(await elsewhere());
  await other.open();
  const card = other.card(prompt);
  await card.reaches('已完成');
  expect(await sizes(card.pictures())).toEqual(['1024×1024']);
  expect(await simulator.creations(prompt)).toBe(1);
});
