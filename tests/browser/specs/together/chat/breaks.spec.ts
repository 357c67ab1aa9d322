import { ChatPage } from '../../../support/chat';
import { expect, test } from '../../../support/test';

const SLOW = '[[sim:slow 120]] [[sim:tokens 160]]';

test('an answer whose page was closed in its midst is complete when it is opened again, and booked once', async ({
  chat,
  page,
  prompt,
  elsewhere,
  simulator,
  studio,
}) => {
  await chat.open();
  await chat.say(`${prompt} ${SLOW}`);
  await expect(chat.words()).toContainText(/\S{8}/);
  const id = await chat.id();
  await page.close();

  const other = new ChatPage(await elsewhere());
  await other.open(`/chat/${id}`);
  // It goes on where it is, and to its end.
  await expect(other.words()).toContainText(/\S{8}/);
  await other.ends();
  const [job] = await studio.jobs(prompt);
  const { text, state, finish, cost } = await studio.answer(job?.id ?? '');
  expect([state, finish]).toEqual(['done', 'stop']);
  expect(Number(cost)).toBeGreaterThan(0);
  const shown = (await other.words().innerText()).replace(/\s/g, '');
  for (const line of text.split('\n')) {
    // The page shows Markdown, so marks are left out.
    const words = line.replace(/[\s#*`>|_~[\]()-]/g, '');
    if (/^\p{L}+$/u.test(words)) expect(shown).toContain(words);
  }
  expect(await simulator.said(prompt)).toHaveLength(1);
});

test('a connection that breaks is made again by itself, and nothing is missing or doubled', async ({
  chat,
  page,
  prompt,
  studio,
  simulator,
}) => {
  // The stream ends in its midst, within a character perhaps; so does the one that is read after it.
  let breaks = 2;
  await page.route(/\/api\/text/, async (route) => {
    if (breaks === 0) return route.continue();
    breaks -= 1;
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ response, body: body.subarray(0, Math.floor(body.length * 0.6)) });
  });
  await chat.open();
  await chat.say(`${prompt} [[sim:tokens 160]]`);
  await chat.ends();
  expect(breaks).toBe(0);
  const [job] = await studio.jobs(prompt);
  const { text } = await studio.answer(job?.id ?? '');
  const shown = (await chat.words().textContent()) ?? '';
  const letters = (words: string) => words.match(/\p{L}/gu)?.join('') ?? '';
  expect(letters(shown)).toBe(letters(text));
  expect(await simulator.said(prompt)).toHaveLength(1);
});

test('an answer that is stopped keeps what has come, and its cost', async ({ chat, prompt, studio, page }) => {
  await chat.open();
  await chat.say(`${prompt} [[sim:slow 200]] [[sim:tokens 400]]`);
  await expect(chat.words()).toContainText(/\S{8}/);
  await chat.stop.click();
  await chat.ends();
  await expect(chat.answers.last()).toContainText('已停止');
  await expect(chat.message).toBeFocused();
  const [job] = await studio.jobs(prompt);
  const { finish, state, text } = await studio.answer(job?.id ?? '');
  expect([state, finish]).toEqual(['done', 'stopped']);
  expect(text.length).toBeGreaterThan(4);
  await page.reload();
  await expect(chat.answers.last()).toContainText('已停止');
});

test('an answer that the vendor breaks off keeps its text, and goes on at a press', async ({ chat, prompt, simulator }) => {
  await chat.open();
  await chat.say(`${prompt} [[sim:cut 5]]`);
  await chat.ends();
  await expect(chat.words()).toContainText(/\S{2}/);
  await expect(chat.answers.last()).toContainText('回答中途断开');
  await chat.button('继续写').click();
  await expect(chat.answers).toHaveCount(2);
  await chat.ends();
  await expect(chat.questions.last()).toContainText('接着写');
  const [call] = (await simulator.said('接着写')).filter(({ input }) => input.messages?.[0]?.content.includes(prompt));
  expect(call?.input.messages?.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
});

test('an answer at its longest length says so', async ({ chat, prompt }) => {
  await chat.open();
  await (await chat.setting(/最长输出/)).fill('12');
  await chat.say(`${prompt} [[sim:tokens 200]]`);
  await chat.ends();
  await expect(chat.answers.last()).toContainText('到了最长输出');
  await expect(chat.button('继续写')).toBeVisible();
});
