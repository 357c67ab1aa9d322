import { open } from '../../../support/ready';
import { expect, test } from '../../../support/test';

test('the content policy allows nothing by default and nothing inline', async ({ page }) => {
  const answer = await page.goto('/');
  const policy = (await answer?.headerValue('content-security-policy')) ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toMatch(/'unsafe-eval'/);
});

test.describe('a script that was slipped in', () => {
  test.use({ tolerated: [/Content Security Policy/] });

  test('does not run', async ({ page }) => {
    await open(page, '/');
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.slippedIn = true';
      document.body.append(script);
      return 'slippedIn' in window;
    });
    expect(ran).toBe(false);
  });
});
