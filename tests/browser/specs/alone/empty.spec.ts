import { accessible } from '../../support/axe';
import { inEveryLook } from '../../support/looks';
import { open } from '../../support/ready';
import { shot } from '../../support/shot';
import { expect, test } from '../../support/test';

// The studio has made nothing yet: this file is the first to run.

test('an empty studio says what to do', { tag: '@screens' }, async ({ create, page }) => {
  await create.open();
  await expect(page.getByText('还没有作品')).toBeVisible();
  await inEveryLook(page, async (look) => {
    if (look !== '390-dark') await accessible(page, look);
    await shot(page, `create-empty-${look}-zh`);
  });
});

test('an empty history leads to the form', { tag: '@screens' }, async ({ create, history, page }) => {
  await history.open();
  await expect(page.getByText('还没有历史')).toBeVisible();
  await inEveryLook(page, async (look) => {
    if (look !== '390-dark') await accessible(page, look);
    await shot(page, `history-empty-${look}-zh`);
  });
  await page.getByRole('link', { name: '去创作' }).click();
  await expect(create.prompt).toBeVisible();
});

test('an empty list of batches shows how they are written', { tag: '@screens' }, async ({ page }) => {
  await open(page, '/batches');
  await expect(page.getByText('还没有批量任务')).toBeVisible();
  for (const name of ['JSON 文件', 'CSV 表格', '逐行文字']) await expect(page.getByRole('heading', { name })).toBeVisible();
  await inEveryLook(page, async (look) => {
    if (look !== '390-dark') await accessible(page, look);
    await shot(page, `batches-empty-${look}-zh`);
  });
  await page.getByRole('main').getByRole('link', { name: '新建批量' }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: '新建批量' })).toBeFocused();
});
