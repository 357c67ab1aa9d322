import { keepPlaces } from '../../../support/kept';
import { expect, test } from '../../../support/test';

test('an unsure job is looked for again, or sent again after a warning that names the amount', { tag: '@screens' }, async ({
  job,
  page,
  prompt,
  studio,
}) => {
  const made = (await studio.finished({ prompt })) as unknown as { id: string; cost: Record<string, unknown> };
  const error = {
    code: 'AnswerLost',
    message: 'the connection was cut',
    advice: { zh: '提交后没有收到回音：可能已经生成并计费。', en: 'The answer was lost: it may have been made and billed.' },
    charged: null,
  };
  const cost = { currency: 'CNY', estimate: '0.14', at_most: '0.14' };
  const unsure = { ...made, state: 'unsure', outputs: [], error, cost };
  await page.route(`**/api/jobs/${made.id}`, (route) => route.fulfill({ json: unsure }));
  const asked: string[] = [];
  await page.route(`**/api/jobs/${made.id}/*`, (route) => {
    asked.push(new URL(route.request().url()).pathname.split('/').pop() ?? '');
    const looking = { ...error, code: 'LookingForIt', advice: { zh: '正在核对百炼的任务列表。', en: 'The list is being read.' } };
    return route.fulfill({ json: { ...unsure, state: 'submitting', error: looking } });
  });
  await job.open(made.id);
  await expect(job.fact('最多费用')).toHaveText('¥0.14');
  await expect(job.main).toContainText('可能已计费');
  await keepPlaces(page, { unsure: () => expect(job.button('再找一次')).toBeVisible() });

  await job.button('再次提交').click();
  const question = page.getByRole('dialog', { name: '可能会重复计费' });
  await expect(question).toContainText('最多再付 ¥0.14');
  await question.getByRole('button', { name: '不了' }).click();
  expect(asked).toEqual([]);

  await job.button('再找一次').click();
  await expect(job.main).toContainText('正在百炼查找');
  await expect(job.main).toContainText('正在核对百炼的任务列表。');
  expect(asked).toEqual(['look']);
  await page.reload();
  await job.button('再次提交').click();
  await question.getByRole('button', { name: '再次提交' }).click();
  await expect.poll(() => asked).toEqual(['look', 'retry']);
});
