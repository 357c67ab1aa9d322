import { keepPlace, keepPlaces } from '../../../support/kept';
import { open } from '../../../support/ready';
import { ShareDialog } from '../../../support/share';
import { expect, NOBODY, test } from '../../../support/test';

test.use({ tolerated: [/404.*\/(s|api\/shares)\/|401.*\/open/] });

test('sharing and reading look as they should', { tag: '@screens' }, async ({ elsewhere, job, page, prompt, studio }) => {
  test.slow();
  const made = await studio.finished({ prompt: `${prompt}，雨后的江南小巷`, n: 2, size: '1440*810', seed: 7 });
  await job.open(made.id);
  await job.button('分享').click();
  const dialog = new ShareDialog(page);
  await keepPlace(page, 'share-form');
  await dialog.shows('结果和设置');
  await dialog.field(/^标题/).fill('雨后小巷');
  await dialog.field(/^密码/).fill('芝麻开门');
  const path = await dialog.done();
  await keepPlace(page, 'share-made');
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
  const password = reader.getByRole('textbox', { name: '密码' });
  await keepPlaces(reader, {
    'shared-locked': async () => {
      await open(reader, path);
      await password.fill('不对的密码');
      await password.press('Enter');
      await expect(password).toHaveAccessibleDescription(/密码不对/);
    },
    shared: async () => {
      await password.fill('芝麻开门');
      await password.press('Enter');
      await expect(reader.getByRole('button', { name: '放大第 2 张' })).toBeVisible();
    },
    'shared-gone': async () => {
      await open(reader, `/s/${'0'.repeat(32)}`);
      await expect(reader.getByText('这里没有分享，或者已经看不到了')).toBeVisible();
    },
  });
});
