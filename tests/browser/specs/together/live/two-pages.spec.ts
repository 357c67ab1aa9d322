import { CreatePage } from '../../../support/create';
import { expect, test } from '../../../support/test';

test('two pages of one member see the same job come and change', async ({ create, prompt, elsewhere }) => {
  const other = new CreatePage(await elsewhere());
  await Promise.all([create.open(), other.open()]);
  await create.prompt.fill(prompt);
  await create.submit.click();
  await expect(other.card(prompt).root).toBeVisible();
  await Promise.all([create.card(prompt).reaches('已完成'), other.card(prompt).reaches('已完成')]);
});
