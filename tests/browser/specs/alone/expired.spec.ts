import { sizes } from '../../support/card';
import { expect, test } from '../../support/test';

test('a picture still opens when the link to it at the vendor has died', async ({ job, prompt, simulator, studio }) => {
  const { id } = await studio.finished({ prompt });
  const link = await simulator.link(prompt);
  expect((await fetch(link)).status).toBe(200);
  await simulator.advance(25 * 3600);
  expect((await fetch(link)).status).toBe(403);

  await job.open(id);
  expect(await sizes(job.pictures())).toEqual(['512×512']);
});
