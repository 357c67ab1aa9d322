import { keepPlaces } from '../../../support/kept';
import { standing } from '../../../support/maker';
import { expect, test } from '../../../support/test';

test('a film is made, plays when asked to and never by itself, and seeks', async ({ films, page, prompt }) => {
  test.setTimeout(120_000);
  await films.open();
  await films.example('日出延时');
  await films.text('提示词').fill(prompt);
  await films.submit.click();
  const card = films.card(prompt);
  await expect(card.root).toBeVisible();
  const width = () => card.root.evaluate((element) => element.getBoundingClientRect().width);
  const before = await width();
  await card.reaches('已完成', 60_000);
  const film = card.root.locator('video');
  await expect.poll(async () => (await standing(film)).ready, { timeout: 20_000 }).toBeGreaterThanOrEqual(1);
  expect(await standing(film)).toMatchObject({ paused: true, length: 5 });
  expect(await film.getAttribute('autoplay')).toBeNull();
  expect(await width()).toBe(before);

  await card.link().click();
  const large = page.getByRole('main').locator('video');
  await expect(large).toBeVisible();
  await expect.poll(async () => (await standing(large)).ready, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expect((await standing(large)).paused).toBe(true);
  await large.focus();
  await page.keyboard.press('Space');
  await expect.poll(async () => (await standing(large)).at).toBeGreaterThan(0.3);
  await large.evaluate((element) => ((element as HTMLMediaElement).currentTime = 4));
  await expect.poll(async () => (await standing(large)).at).toBeGreaterThanOrEqual(4);
  const part = await large.evaluate(async (element) => {
    const answer = await fetch((element as HTMLMediaElement).currentSrc, { headers: { Range: 'bytes=100-199' } });
    return [answer.status, (await answer.arrayBuffer()).byteLength];
  });
  expect(part).toEqual([206, 100]);
  await expect(page.getByRole('main')).toContainText('720×1280');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^下载/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^bailian-[0-9a-z]{8}-1\.mp4$/);
});

test('every end of every parameter reaches the vendor as it was set', async ({ films, page, prompt, simulator }) => {
  test.setTimeout(120_000);
  await films.open();
  await films.choose('wan2.1-t2v-turbo');
  const send = async (mark: string, seed: string, on: boolean, resolution: string) => {
    await films.text('提示词').fill(`${prompt} ${mark}`);
    await films.choose(resolution);
    await films.number('时长').fill('5');
    await films.number('帧率').fill('30');
    await films.number('随机种子').fill(seed);
    for (const name of ['智能改写', '水印']) await films.press(films.switch(name), on);
    await films.submit.click();
    await expect(page.getByRole('article', { name: `${prompt} ${mark}`, exact: true })).toBeVisible();
    await expect.poll(async () => (await simulator.bodies(`${prompt} ${mark}`)).length, { timeout: 30_000 }).toBe(1);
    return (await simulator.bodies(`${prompt} ${mark}`))[0];
  };
  expect(await send('low', '0', false, '480*854')).toEqual({
    model: 'wanx2.1-t2v-turbo',
    input: { prompt: `${prompt} low` },
    parameters: { size: '480*832', duration: 5, seed: 0, prompt_extend: false, watermark: false },
  });
  expect(await send('high', '2147483647', true, '1024*576')).toEqual({
    model: 'wanx2.1-t2v-turbo',
    input: { prompt: `${prompt} high` },
    parameters: { size: '1280*720', duration: 5, seed: 2_147_483_647, prompt_extend: true, watermark: true },
  });
  await films.choose('wan2.7-t2v');
  for (const [mark, seconds, tier, ratio] of [['short', '2', '720P', '3:4'], ['long', '15', '1080P', '16:9']] as const) {
    await films.text('提示词').fill(`${prompt} ${mark}`);
    await films.number('时长').fill(seconds);
    await films.choose(tier);
    await films.choose(ratio);
    await films.submit.click();
    await expect.poll(async () => (await simulator.bodies(`${prompt} ${mark}`)).length, { timeout: 30_000 }).toBe(1);
    const [body] = await simulator.bodies(`${prompt} ${mark}`);
    expect(body).toMatchObject({ parameters: { duration: Number(seconds), resolution: tier, ratio } });
  }
});

test('the pages of films are accessible, fit their width and are kept as pictures', {
  tag: '@screens',
}, async ({ films, job, page, prompt, studio }) => {
  test.setTimeout(180_000);
  const { id } = await studio.made({ model: 'wan2.1-t2v-plus', resolution: '1024*576', prompt });
  const places = {
    video: async () => {
      await films.open();
      await films.example('日出延时');
    },
    'job-video': async () => job.open(id),
  };
  await keepPlaces(page, places);
});
