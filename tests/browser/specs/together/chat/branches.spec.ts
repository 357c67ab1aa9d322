import { expect, test } from '../../../support/test';

test('an earlier message that is edited makes a branch, and both stay', async ({ chat, page, prompt, simulator }) => {
  await chat.open();
  await chat.say(`${prompt} 一 [[sim:say 甲]]`);
  await chat.ends();
  await chat.say(`${prompt} 二 [[sim:say 乙]]`);
  await expect(chat.answers).toHaveCount(2);
  await chat.ends();

  await chat.questions.first().getByRole('button', { name: '修改' }).click();
  const box = page.getByRole('textbox', { name: '修改后的消息' });
  await expect(box).toBeFocused();
  await box.fill(`${prompt} 三 [[sim:say 丙]]`);
  await box.press('Enter');
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.words()).toHaveText('丙');
  const versions = chat.questions.first().getByRole('group', { name: '第 2 版，共 2 版' });
  await expect(versions).toContainText('2/2');
  // What was said in the other branch is not part of this one.
  const [call] = await simulator.said(`${prompt} 三`);
  expect(call?.input.messages).toHaveLength(1);

  await versions.getByRole('button', { name: '上一版' }).click();
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.words()).toHaveText('乙');
  // The branch is in the address.
  await page.reload();
  await expect(chat.words()).toHaveText('乙');
  await chat.questions.first().getByRole('button', { name: '下一版' }).click();
  await expect(chat.words()).toHaveText('丙');
});

test('Escape leaves a message as it was; answering again makes a branch too', async ({ chat, page, prompt }) => {
  await chat.open();
  await chat.say(`${prompt} [[sim:say 一次]]`);
  await chat.ends();
  await chat.questions.first().getByRole('button', { name: '修改' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: '修改后的消息' })).toBeHidden();
  await chat.button('再答一次').click();
  await expect(chat.questions.first().getByRole('group', { name: '第 2 版，共 2 版' })).toBeVisible();
  await chat.ends();
  await expect(chat.words()).toHaveText('一次');
});
