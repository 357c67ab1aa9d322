import { readFile } from 'node:fs/promises';
import { keepPlaces } from '../../../support/kept';
import { standing } from '../../../support/maker';
import { expect, test } from '../../../support/test';
import { wave } from '../../../support/wave';

/** An address that no other spec has; the simulator never opens it. */
const address = (prompt: string, name: string, marker = '') =>
  `https://example.com/${encodeURIComponent(prompt.replace(' ', '-'))}-${name}${marker}`;
const SECONDS = '?%5B%5Bsim:seconds%2030%5D%5D';

test('an English recording says which model is used instead; the price is known when the length is', async ({
  transcription,
}) => {
  await transcription.open();
  await transcription.choose('address');
  await transcription.choose('paraformer-en-v1');
  await transcription.text('音频地址').fill('https://example.com/a.mp3');
  await expect(transcription.notes).toContainText(/paraformer-en-v1\s*→\s*paraformer-v2/);
  await expect(transcription.price).toContainText('¥0.00008/秒');
  await expect(transcription.price).toContainText('识别后才知道总价');
});

test('an address becomes a transcript that is searched, copied and kept as files', async ({
  context,
  page,
  prompt,
  transcription,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const url = address(prompt, 'meeting.mp3', SECONDS);
  await transcription.open();
  await transcription.choose('address');
  await transcription.choose('paraformer-v2');
  await transcription.text('音频地址').fill(url);
  await transcription.submit.click();
  const card = transcription.card(url);
  await card.reaches('已完成');
  await expect(card.root.locator('.excerpt')).not.toBeEmpty();
  await card.link().click();

  const main = page.getByRole('main');
  const lines = main.locator('.line');
  await expect(lines.first()).toBeVisible();
  const all = await lines.count();
  expect(all).toBeGreaterThan(2);
  const said = (await main.locator('.line__text').first().innerText()).trim();
  await main.getByRole('searchbox').fill(said.slice(0, 4));
  await expect(main.locator('.line mark').first()).toHaveText(said.slice(0, 4));
  await main.getByRole('searchbox').fill('没有这样的话');
  await expect(main).toContainText('没有找到');
  await main.getByRole('searchbox').fill('');
  await expect(lines).toHaveCount(all);

  const kept: Record<string, string> = {};
  for (const format of ['TXT', 'SRT', 'VTT', 'JSON']) {
    const download = page.waitForEvent('download');
    await main.getByRole('button', { name: format, exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(new RegExp(`^bailian-[0-9a-z]{8}\\.${format.toLowerCase()}$`));
    kept[format] = await readFile(await file.path(), 'utf8');
  }
  expect(kept.TXT?.split('\n').filter(Boolean)).toHaveLength(all);
  expect(kept.SRT).toMatch(/^1\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\n/);
  expect(kept.VTT).toMatch(/^WEBVTT\n/);
  expect(kept.SRT?.match(/ --> /g)).toHaveLength(all);
  expect(JSON.parse(kept.JSON ?? '')).toMatchObject({ duration_ms: 30_000 });
  await expect(page.getByRole('main')).toContainText('30 秒');
});

test('both ends of every parameter reach the vendor as they were set', async ({ prompt, simulator, transcription }) => {
  await transcription.open();
  await transcription.choose('address');
  await transcription.choose('paraformer-v2');
  for (const [mark, speakers, on] of [['low.mp3', '2', true], ['high.mp3', '100', true]] as const) {
    const url = address(prompt, mark);
    await transcription.text('音频地址').fill(url);
    for (const name of ['区分说话人', '去除语气词', '时间校准']) {
      await transcription.press(transcription.switch(name), on);
    }
    await transcription.number('说话人数').fill(speakers);
    const japanese = transcription.form.locator('input[type=checkbox][value=ja]');
    await transcription.press(japanese, mark === 'high.mp3');
    await transcription.submit.click();
    await expect.poll(async () => (await simulator.bodies(url)).length, { timeout: 30_000 }).toBe(1);
    const [body] = await simulator.bodies(url);
    expect(body).toMatchObject({
      model: 'paraformer-v2',
      parameters: {
        diarization_enabled: true,
        speaker_count: Number(speakers),
        disfluency_removal_enabled: true,
        timestamp_alignment_enabled: true,
        language_hints: mark === 'high.mp3' ? ['zh', 'en', 'ja'] : ['zh', 'en'],
      },
    });
  }
});

test('the number of speakers needs them told apart, and nothing is sent without a recording', async ({
  page,
  transcription,
}) => {
  await transcription.open();
  await transcription.choose('address');
  let sent = 0;
  page.on('request', (request) => (sent += Number(request.method() === 'POST' && request.url().endsWith('/api/jobs'))));
  await transcription.submit.click();
  await expect(transcription.form).toContainText('缺少音频地址');
  await transcription.text('音频地址').fill('ftp://example.com/a.mp3');
  await expect(transcription.text('音频地址')).toHaveAttribute('aria-invalid', 'true');
  await transcription.text('音频地址').fill('https://example.com/a.mp3');
  await transcription.number('说话人数').fill('3');
  await expect(transcription.number('说话人数')).toHaveAttribute('aria-invalid', 'true');
  await transcription.submit.click();
  expect(sent).toBe(0);
});

test('the pages of transcripts are accessible, fit their width and are kept as pictures', {
  tag: '@screens',
}, async ({ job, page, prompt, studio, transcription }) => {
  test.setTimeout(180_000);
  const url = address(prompt, 'talk.wav', SECONDS);
  const { id } = await studio.made({ kind: 'transcription', model: 'paraformer-v2', url, diarization_enabled: true });
  const places = {
    transcribe: async () => transcription.open(),
    'job-transcription': async () => {
      await job.open(id);
      await expect(page.locator('.line').first()).toBeVisible();
    },
  };
  await keepPlaces(page, places);
});

test.describe('a recording that lies elsewhere', () => {
  test.use({ tolerated: [/request to https:\/\/example\.com/] });
  test('is opened only after a press, without a referrer, and heard by sentence', async ({ job, page, prompt, studio }) => {
    const url = address(prompt, 'away.wav', SECONDS);
    const { id } = await studio.made({ kind: 'transcription', model: 'paraformer-v2', url });
    const asked: (string | undefined)[] = [];
    await page.route('https://example.com/**', async (route) => {
      asked.push((await route.request().allHeaders()).referer);
      await route.fulfill({ status: 200, contentType: 'audio/wav', body: wave(30) });
    });
    await job.open(id);
    const main = page.getByRole('main');
    await expect(main.locator('.line').nth(2)).toBeVisible();
    expect(asked).toEqual([]);
    await main.locator('.line').nth(2).click();
    await expect.poll(async () => (await standing(main.locator('audio'))).at).toBeGreaterThan(1);
    expect(new Set(asked)).toEqual(new Set([undefined]));
  });
});
