// How the browser tests run. `cargo xtask test --only browser` calls this; by hand, in this folder:
// `npx playwright test`, `npx playwright test history`, `npx playwright test --grep "800 characters"`.
import { defineConfig } from '@playwright/test';
import { chromium } from './setup/chromium';

const browser = chromium();
const withWindows = browser !== undefined && !browser.endsWith('headless-shell');

export default defineConfig({
  outputDir: 'output/results',
  globalSetup: './setup/global.ts',
  reporter: [['list'], ['html', { outputFolder: 'output/report', open: 'never' }]],
  forbidOnly: !!process.env.CI,
  // On a shared machine a spec may starve; one that passes only the second time is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  fullyParallel: false,
  // Each has a studio of its own (setup/global.ts); they wait more than they work, but for a browser that could show windows.
  workers: withWindows ? 2 : 4,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'on-first-retry', // keeping one of every spec took a fifth of the time
    launchOptions: {
      executablePath: browser,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--no-first-run',
        '--disable-component-update',
        '--disable-sync',
        // A microphone that beeps, for recordings.
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    },
  },
  projects: [
    // First what needs an empty studio, or moves its vendor's clock.
    { name: 'alone', testDir: 'specs/alone' },
    { name: 'together', testDir: 'specs/together' },
  ],
});
