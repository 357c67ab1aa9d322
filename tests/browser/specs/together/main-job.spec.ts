import { sizes } from '../../support/card';
import { JobPage } from '../../support/job';
import { logIn } from '../../support/login';
import { shot } from '../../support/shot';
import { expect, NOBODY, test } from '../../support/test';

test.describe('from the door to the picture', () => {
  test.use({ storageState: NOBODY, tolerated: [/401.*\/api\/session/] });

  test('a person logs in, asks for 可爱猫咪, sees it come, and opens it by its address elsewhere', async ({
    page,
    address,
    create,
    elsewhere,
  }) => {
    await logIn(page, address.code);
    await create.prompt.fill('可爱猫咪');
    await create.model('wan2.2-t2i-flash');
    await create.size('1024*1024');
    await create.submit.click();

    const card = create.card('可爱猫咪');
    await card.reaches('已完成');
    expect(await sizes(card.pictures())).toEqual(['1024×1024']);
    await shot(page, 'main-job');

    await card.link().click();
    await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]+$/);
    const other = await elsewhere({ storageState: NOBODY });
    await logIn(other, address.code, new URL(page.url()).pathname);
    await expect(other).toHaveURL(page.url());
    expect(await sizes(new JobPage(other).pictures())).toEqual(['1024×1024']);
  });
});

test('Ctrl+Enter in the prompt submits', async ({ page, create, prompt, studio }) => {
  await create.open();
  await create.prompt.fill(prompt);
  await page.keyboard.press('Control+Enter');
  await create.card(prompt).reaches('已完成');
  expect(await studio.jobs(prompt)).toHaveLength(1);
});
