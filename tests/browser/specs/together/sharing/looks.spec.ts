import { keepPlaces } from '../../../support/kept';
import { open } from '../../../support/ready';
import { GONE, ShareDialog } from '../../../support/share';
import { expect, NOBODY, test } from '../../../support/test';
import { accessible } from '../../../support/axe';
import { inEveryLook } from '../../../support/looks';
import { shot } from '../../../support/shot';

test.use({ tolerated: GONE });

test('sharing and reading look as they should', { tag: '@screens' }, async ({ elsewhere, job, page, prompt, studio }) => {
  test.slow();
  const made = await studio.finished({ prompt: `${prompt}，雨后的江南小巷`, n: 2, size: '1440*810', seed: 7 });
  await job.open(made.id);
  await job.button('分享').click();
  const dialog = new ShareDialog(page);
  await inEveryLook(page, async (look) => {
    if (look !== '390-dark') await accessible(page, look);
    await shot(page, `share-form-${look}-zh`);
  });
  await dialog.shows('结果和设置');
  await dialog.field(/^标题/).fill('雨后小巷');
  const path = await dialog.done();
  await inEveryLook(page, async (look) => {
    if (look !== '390-dark') await accessible(page, look);
    await shot(page, `share-made-${look}-zh`);
  });
  await dialog.close();
  await keepPlaces(page, {
    shares: async () => {
      await open(page, '/shares');
      await expect(page.getByRole('article', { name: '雨后小巷' }).first()).toBeVisible();
    },
    data: async () => {
      await open(page, '/data');
      await expect(page.getByRole('heading', { level: 1, name: '我的数据' })).toBeVisible();
    },
  });
  const reader = await elsewhere({ storageState: NOBODY });
  const look = async (name: string) => {
    await inEveryLook(reader, async (look) => {
      if (look !== '390-dark') await accessible(reader, look);
      const fits = await reader.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
      expect.soft(fits, `width at ${look}`).toBe(true);
      await shot(reader, `${name}-${look}-zh`);
    });
  };
  await open(reader, path);
  await expect(reader.getByRole('button', { name: '放大第 2 张' })).toBeVisible();
  await look('shared');
  await reader.getByRole('button', { name: 'English' }).click();
  await shot(reader, 'shared-1280-light-en');
  await reader.getByRole('button', { name: '中文' }).click();
  await open(reader, `/s/${'0'.repeat(32)}`);
  await expect(reader.getByText('这里没有分享，或者已经看不到了')).toBeVisible();
  await look('shared-gone');
});
