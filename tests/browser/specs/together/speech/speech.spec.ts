import { keepPlaces } from '../../../support/kept';
import { standing } from '../../../support/maker';
import { expect, test } from '../../../support/test';

test('an English speech says which voice reads instead, and what it costs', async ({ speech }) => {
  await speech.open();
  await speech.example('英文');
  await expect(speech.notes).toContainText(/sambert-en-v1\s*→\s*sambert-beth-v1/);
  await expect(speech.price).toContainText('¥');
  await expect(speech.price).toContainText('¥1.00/万字');
});

test('speech is heard before it is whole, its words are marked, and it is kept', async ({ page, prompt, speech }) => {
  test.setTimeout(120_000);
  const text = `${prompt} ${'今天天气真好，我们去西湖边走走吧。'.repeat(12)} [[sim:slow 150]]`;
  await speech.open();
  await speech.example('中文');
  await speech.text('文字').fill(text);
  await speech.submit.click();
  const card = speech.card(text);
  const player = card.root.locator('audio');
  await expect.poll(async () => (await standing(player)).at, { timeout: 30_000 }).toBeGreaterThan(0.2);
  await expect(card.root.locator('.badge').getByText('已完成', { exact: true })).toHaveCount(0);
  await expect(card.root.locator('.spoken__word').first()).toBeVisible();
  await expect(card.root.locator('.spoken__word[aria-current]')).toHaveCount(1);
  await card.reaches('已完成', 60_000);

  await card.link().click();
  const kept = page.getByRole('main').locator('audio');
  await expect.poll(async () => (await standing(kept)).ready, { timeout: 20_000 }).toBeGreaterThanOrEqual(1);
  expect((await standing(kept)).paused).toBe(true);
  const words = page.getByRole('main').locator('.spoken__word');
  expect((await words.allTextContents()).join('')).toContain('今天天气真好');
  await words.nth(10).click();
  await expect(page.getByRole('main').locator('.spoken__word[aria-current]')).toHaveCount(1);
  expect((await standing(kept)).at).toBeGreaterThan(0.5);
});

test('a reload in the middle shows the job, and then the kept speech', async ({ page, prompt, speech, studio }) => {
  test.setTimeout(120_000);
  const text = `${prompt} ${'一二三四五六七八九十。'.repeat(10)} [[sim:slow 150]]`;
  await speech.open();
  await speech.choose('sambert-zhichu-v1');
  await speech.text('文字').fill(text);
  await speech.submit.click();
  await expect.poll(async () => (await studio.jobs(prompt)).length).toBe(1);
  await page.reload();
  const card = speech.card(text);
  await card.reaches('已完成', 60_000);
  await expect.poll(async () => (await standing(card.root.locator('audio'))).ready).toBeGreaterThanOrEqual(1);
  expect((await standing(card.root.locator('audio'))).paused).toBe(true);
});

test('both ends of every parameter reach the vendor as they were set', async ({ prompt, simulator, speech }) => {
  await speech.open();
  await speech.choose('sambert-zhichu-v1');
  const ends = [
    { mark: 'low', format: 'wav', rate: '8000', volume: '0', factor: '0.5', words: false },
    { mark: 'high', format: 'mp3', rate: '48000', volume: '100', factor: '2', words: true },
  ];
  for (const { mark, format, rate, volume, factor, words } of ends) {
    const text = `${prompt} ${mark}`;
    await speech.text('文字').fill(text);
    await speech.choose(format);
    await speech.choose(rate);
    await speech.number('音量').fill(volume);
    await speech.number('语速').fill(factor);
    await speech.number('音高').fill(factor);
    await speech.press(speech.switch('逐词时间'), words);
    await speech.submit.click();
    await expect.poll(async () => (await simulator.bodies(text)).length, { timeout: 30_000 }).toBe(1);
    const [body] = await simulator.bodies(text);
    expect(body).toMatchObject({
      payload: {
        model: 'sambert-zhichu-v1',
        parameters: {
          format,
          sample_rate: Number(rate),
          volume: Number(volume),
          rate: Number(factor),
          pitch: Number(factor),
          word_timestamp_enabled: words,
        },
      },
    });
    await speech.card(text).reaches('已完成', 60_000);
  }
});

test('10,001 characters are refused, 10,000 are priced', async ({ speech }) => {
  await speech.open();
  await speech.choose('sambert-zhichu-v1');
  await speech.text('文字').fill('字'.repeat(10_000));
  await expect(speech.price).toContainText('¥1.00');
  await expect(speech.text('文字')).not.toHaveAttribute('aria-invalid', 'true');
  await speech.text('文字').fill('字'.repeat(10_001));
  await expect(speech.text('文字')).toHaveAttribute('aria-invalid', 'true');
});

test('wav is heard when it is whole, raw sound too', async ({ prompt, speech }) => {
  test.setTimeout(120_000);
  await speech.open();
  await speech.choose('sambert-zhichu-v1');
  for (const format of ['wav', 'pcm']) {
    await speech.text('文字').fill(`${prompt} ${format}`);
    await speech.choose(format);
    await speech.submit.click();
    const card = speech.card(`${prompt} ${format}`);
    await card.reaches('已完成', 60_000);
    await expect.poll(async () => (await standing(card.root.locator('audio'))).at, { timeout: 20_000 }).toBeGreaterThan(0);
  }
});

test('the pages of speech are accessible, fit their width and are kept as pictures', {
  tag: '@screens',
}, async ({ job, page, prompt, speech, studio }) => {
  test.setTimeout(180_000);
  const request = { model: 'sambert-zhichu-v1', text: `${prompt} 今天天气真好。`, word_timestamp_enabled: true };
  const { id } = await studio.made({ kind: 'speech', ...request });
  const places = {
    speech: async () => {
      await speech.open();
      await speech.example('英文');
    },
    'job-speech': async () => {
      await job.open(id);
      await expect(page.locator('.spoken__word').first()).toBeVisible();
    },
  };
  await keepPlaces(page, places);
});
