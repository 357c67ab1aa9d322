import { expect, test } from '../../../support/test';

// That nothing is fetched from elsewhere and nothing is said in the console is watched in every spec.
test('markup in an answer is words, a picture is a link, and only the web is led to', async ({ chat, page, prompt }) => {
  await chat.open();
  await chat.say(
    `${prompt} [[sim:say 看 <script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"> ` +
      '[甲](javascript:window.hacked=3) ![乙](https://evil.example/p.png) [丙](https://good.example/) `<b>`]]',
  );
  await chat.ends();
  const words = chat.words();
  await expect(words).toContainText('<script>window.hacked = 1</script>');
  expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
  expect(await words.locator('script, img, iframe, b').count()).toBe(0);
  expect(await words.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
    'https://evil.example/p.png',
    'https://good.example/',
  ]);
  for (const link of await words.locator('a').all()) {
    await expect(link).toHaveAttribute('rel', /noopener noreferrer nofollow/);
    await expect(link).toHaveAttribute('target', '_blank');
  }
});
