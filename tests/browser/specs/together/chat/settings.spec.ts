import { expect, test } from '../../../support/test';

const ENDS = [
  { name: /最长输出/, field: 'max_tokens', low: ['1', 1], high: ['16384', 16384] },
  { name: /随机性/, field: 'temperature', low: ['0', 0], high: ['2', 1.999] },
  { name: /核采样/, field: 'top_p', low: ['0', 0.01], high: ['1', 1] },
] as const;

for (const end of ['low', 'high'] as const) {
  test(`the ${end} end of each setting reaches the vendor exactly`, async ({ chat, page, prompt, simulator }) => {
    await chat.open();
    for (const { name, [end]: [typed] } of ENDS) await (await chat.setting(name)).fill(typed);
    await (await chat.setting(/系统消息/)).fill('你是一只猫。');
    // What is sent otherwise is said before it is sent.
    const told = end === 'low' ? ['0', '0.01'] : ['2', '1.999'];
    await expect(page.locator('.composer .notice')).toContainText(told[0] ?? '');
    await expect(page.locator('.composer .notice')).toContainText(told[1] ?? '');
    await chat.say(`${prompt} [[sim:say 好]]`);
    await chat.ends();
    const [call] = await simulator.said(prompt);
    for (const { field, [end]: [, sent] } of ENDS) expect(call?.parameters[field], field).toBe(sent);
    expect(call?.input.messages?.[0]).toEqual({ role: 'system', content: '你是一只猫。' });
  });
}

test('what lies beyond is named and not sent; the usual settings come back', async ({ chat, page, prompt, simulator }) => {
  await chat.open();
  const temperature = await chat.setting(/随机性/);
  await temperature.fill('2.5');
  await expect(temperature).toHaveAttribute('aria-invalid', 'true');
  await chat.message.fill(prompt);
  await chat.message.press('Enter');
  await expect(chat.message).toHaveValue(prompt);
  await page.getByRole('button', { name: '恢复默认' }).click();
  await expect(temperature).toHaveValue('1');
  await chat.message.press('Enter');
  await chat.ends();
  expect((await simulator.said(prompt))[0]?.parameters).toMatchObject({ temperature: 1 });
});

test('Shift+Enter begins a line, and Enter within a word that is being composed does not send', async ({ chat, page }) => {
  await chat.open();
  await chat.message.fill('一');
  await chat.message.press('Shift+Enter');
  await expect(chat.message).toHaveValue('一\n');
  await chat.message.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true });
  await expect(chat.message).toHaveValue('一\n');
  await expect(page).toHaveURL(/\/chat$/);
});
