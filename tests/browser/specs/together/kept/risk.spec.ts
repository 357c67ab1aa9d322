import type { Page } from '@playwright/test';
import { keepPlaces } from '../../../support/kept';
import { open } from '../../../support/ready';
import { expect, test } from '../../../support/test';

/** The real job, told otherwise: the pages ask for jobs by these addresses. */
async function tell(page: Page, job: Record<string, unknown>): Promise<void> {
  await page.route(`**/api/jobs/${job.id}`, (route) => route.fulfill({ json: job }));
  await page.route('**/api/jobs?*', (route) => route.fulfill({ json: { items: [job] } }));
}

/** A moment so far from now. */
function later(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

const HOUR = 3_600_000;

test('results that may be lost are told on every page, with the way to them and the time that is left', {
  tag: '@screens',
}, async ({ page, prompt, studio }) => {
  const made = (await studio.finished({ prompt })) as unknown as { id: string; outputs: Record<string, unknown>[] };
  const error = {
    code: 'ResultAtRisk',
    message: 'the result could not be kept: the bucket takes nothing, and the owner should look at it',
    advice: {
      zh: '结果一直未能保存：存储桶写不进去，请所有者检查 R2 存储桶。百炼将在北京时间 2026-11-23 18:04 删除它，请现在下载；这里会继续尝试保存。',
      en: 'The result could not be kept so far: the bucket takes nothing, and the owner should look at it. The vendor deletes it at 2026-11-23 18:04 Beijing time. Download it now; keeping it goes on being tried.',
    },
    charged: true,
  };
  const outputs = made.outputs.map((output) => ({ ...output, expires_at: later(3.5 * HOUR) }));
  await tell(page, { ...made, state: 'collecting', outputs, error });
  for (const path of ['/', '/chat', '/storage']) {
    await open(page, path);
    const notice = page.locator('.risk');
    await expect(notice).toContainText('1 个任务的结果可能丢失');
    await expect(notice).toContainText('请所有者检查 R2 存储桶');
    await expect(notice.locator('.left')).toContainText(/剩 3:2\d:\d\d/);
  }
  await keepPlaces(page, { 'at-risk': () => expect(page.locator('.risk')).toBeVisible() });
  await page.locator('.risk').getByRole('link', { name: prompt }).click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${made.id}$`));
  await expect(page.getByRole('main').locator('.pictures .left')).toBeVisible();
});

test('what is not kept counts down, moves nothing, and says nothing by itself', { tag: '@screens' }, async ({
  job,
  page,
  prompt,
  studio,
}) => {
  const made = (await studio.finished({ prompt, n: 2 })) as unknown as { id: string; outputs: Record<string, unknown>[] };
  const outputs = made.outputs.map((output) => ({ ...output, bytes: undefined, expires_at: later(23 * HOUR + 40_000) }));
  await tell(page, { ...made, outputs });
  await job.open(made.id);
  const clocks = page.locator('.pictures .left');
  await expect(clocks).toHaveCount(2);
  const first = clocks.first();
  await expect(first).toContainText(/剩 23:00:\d\d/);
  await expect(first.locator('.visually-hidden')).toHaveText('还可下载 23 小时 0 分');
  expect(await first.evaluate((element) => element.closest('[aria-live], [role=status], [role=alert]'))).toBeNull();
  const [before, box] = [await first.textContent(), await first.boundingBox()];
  await expect.poll(() => first.textContent()).not.toBe(before);
  expect(await first.boundingBox()).toEqual(box);
  await keepPlaces(page, { 'expiry-clock': () => expect(first).toBeVisible() });
});

test('what was deleted after its retention says so', async ({ job, page, prompt, studio }) => {
  const made = await studio.finished({ prompt });
  const error = {
    code: 'RetentionEnded',
    message: 'the result was deleted here after 30 days',
    advice: { zh: '按保留期限（30 天），结果已删除。', en: 'The result was deleted after 30 days.' },
    charged: true,
  };
  await tell(page, { ...made, outputs: [{ n: 0, error }] });
  await job.open(made.id);
  await expect(job.main.locator('.lost')).toContainText('已按保留期限删除');
  await expect(job.main.locator('.lost')).toContainText('30 天');
});
