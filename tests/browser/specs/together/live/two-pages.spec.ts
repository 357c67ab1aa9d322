import { sizes } from '../../../support/card';
import { CreatePage } from '../../../support/create';
import { JobPage } from '../../../support/job';
import { expect, test } from '../../../support/test';

test('two pages of one member see the same job come and change', async ({ create, prompt, elsewhere }) => {
  const other = new CreatePage(await elsewhere());
  await Promise.all([create.open(), other.open()]);
  await create.prompt.fill(prompt);
  await create.submit.click();
  await expect(other.card(prompt).root).toBeVisible();
  await Promise.all([create.card(prompt).reaches('已完成'), other.card(prompt).reaches('已完成')]);
});

test('a job that is deleted elsewhere is said to be gone, and brought back from here', async ({ elsewhere, job, prompt, studio }) => {
  const { id } = await studio.finished({ prompt });
  const other = new JobPage(await elsewhere());
  await Promise.all([job.open(id), other.open(id)]);
  // A picture still on its way would be an error in the console once its job is gone.
  await Promise.all([sizes(job.pictures()), sizes(other.pictures())]);
  await studio.delete(id);
  await expect(other.main).toContainText('删除后 10 分钟内可以撤销');
  await expect(job.main).toContainText('删除后 10 分钟内可以撤销');
  await job.button('撤销删除').click();
  await expect(job.pictures()).toHaveCount(1);
  await expect(other.pictures()).toHaveCount(1);
});
