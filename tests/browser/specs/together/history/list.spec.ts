import { expect, test } from '../../../support/test';

test('the newest job stands first', async ({ history, prompt, studio }) => {
  for (const n of [1, 2, 3]) await studio.submit({ prompt: `${prompt} ${n}` });
  await history.open(`/history?q=${encodeURIComponent(prompt)}`);
  await expect.poll(() => history.prompts()).toEqual([`${prompt} 3`, `${prompt} 2`, `${prompt} 1`]);
});

test('only jobs of the chosen state are shown, and the address keeps it', async ({ history, page, prompt, studio }) => {
  await studio.finished({ prompt: `${prompt} good` });
  await studio.finished({ prompt: `${prompt} bad [[sim:fail InternalError.Algo]]` });
  await history.open(`/history?q=${encodeURIComponent(prompt)}`);
  await expect.poll(() => history.prompts()).toHaveLength(2);
  await history.state.selectOption({ label: '失败' });
  await expect(page).toHaveURL(/state=failed/);
  await expect.poll(() => history.prompts()).toEqual([`${prompt} bad [[sim:fail InternalError.Algo]]`]);

  await page.reload();
  await expect(history.state).toHaveValue('failed');
  await expect.poll(() => history.prompts()).toEqual([`${prompt} bad [[sim:fail InternalError.Algo]]`]);
});

test('words of the prompt find a job, and the address keeps them', async ({ history, page, prompt, studio }) => {
  await studio.submit({ prompt: `${prompt} 蓝色的门` });
  await studio.submit({ prompt: `${prompt} 红色的窗` });
  await history.open();
  await history.search.fill(`${prompt} 蓝`);
  await expect.poll(() => history.prompts()).toEqual([`${prompt} 蓝色的门`]);
  await expect(page).toHaveURL(/q=/);
  await page.reload();
  await expect(history.search).toHaveValue(`${prompt} 蓝`);
  await expect.poll(() => history.prompts()).toEqual([`${prompt} 蓝色的门`]);
});

test('a search without a match says so and leads back', async ({ history, page }) => {
  await history.open('/history?q=没有这样的任务');
  await expect(page.getByText('没有符合条件的任务')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: '清除筛选' }).last().click();
  await expect(page).toHaveURL(/\/history$/);
  await expect(history.search).toHaveValue('');
});
