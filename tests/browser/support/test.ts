// What every spec begins with: `import { test, expect } from '../../support/test'`.
import { test as base, type BrowserContextOptions, type Page } from '@playwright/test';
import { type Address, recall } from '../setup/address';
import { NewBatchPage } from './batches';
import { ChatPage } from './chat';
import { CreatePage } from './create';
import { HistoryPage } from './history';
import { JobPage } from './job';
import { MakerPage, SPEECH, TRANSCRIPTION, VIDEO } from './maker';
import { People } from './people';
import { Simulator } from './simulator';
import { Studio } from './studio';
import { watch } from './watch';

export { expect } from '@playwright/test';

/** Nobody: for specs that begin logged out. */
export const NOBODY = { cookies: [], origins: [] };

type State = Exclude<BrowserContextOptions['storageState'], undefined>;

interface OfTest {
  /** A browser's state after logging in: a session for each spec, which its logging out ends. */
  member: State;
  /** What the console may say in this spec without failing it. */
  tolerated: RegExp[];
  /** Opens a page in a browser of its own: another device of the same member, unless told otherwise. */
  elsewhere: (options?: BrowserContextOptions) => Promise<Page>;
  /** A prompt that no other spec uses. */
  prompt: string;
  chat: ChatPage;
  newBatch: NewBatchPage;
  create: CreatePage;
  films: MakerPage;
  speech: MakerPage;
  transcription: MakerPage;
  history: HistoryPage;
  job: JobPage;
}

interface OfWorker {
  address: Address;
  simulator: Simulator;
  /** The member's own API: for what must be there before a spec begins. */
  studio: Studio;
  /** The owner's interface to members. */
  people: People;
}

export const test = base.extend<OfTest, OfWorker>({
  address: [async ({}, use, { parallelIndex }) => use(recall(parallelIndex)), { scope: 'worker' }],
  simulator: [async ({ address }, use) => use(new Simulator(address.simulator)), { scope: 'worker' }],
  studio: [
    async ({ address, playwright }, use) => {
      const request = await playwright.request.newContext({
        baseURL: address.url,
        extraHTTPHeaders: { Authorization: `Bearer ${address.code}` },
      });
      await use(new Studio(request));
      await request.dispose();
    },
    { scope: 'worker' },
  ],
  people: [
    async ({ address, playwright }, use) => {
      const request = await playwright.request.newContext({
        baseURL: address.url,
        extraHTTPHeaders: { Authorization: `Bearer ${address.code}` },
      });
      await use(new People(request));
      await request.dispose();
    },
    { scope: 'worker' },
  ],
  member: async ({ address, playwright }, use) => {
    const request = await playwright.request.newContext({ baseURL: address.url });
    const answer = await request.post('/api/session', { data: { code: address.code } });
    if (!answer.ok()) throw new Error(`logging in: HTTP ${answer.status()}`);
    await use(await request.storageState());
    await request.dispose();
  },

  baseURL: ({ address }, use) => use(address.url),
  storageState: ({ member }, use) => use(member),
  tolerated: [[], { option: true }],

  context: async ({ context, baseURL, tolerated }, use) => {
    const verdict = watch(context, baseURL, tolerated);
    await use(context);
    verdict();
  },
  elsewhere: async ({ browser, baseURL, member, tolerated, locale, timezoneId, viewport }, use) => {
    const opened: { close: () => Promise<void>; verdict: () => void }[] = [];
    await use(async (options) => {
      const usual = { baseURL, storageState: member, locale, timezoneId, viewport };
      const context = await browser.newContext({ ...usual, ...options });
      opened.push({ close: () => context.close(), verdict: watch(context, baseURL, tolerated) });
      return context.newPage();
    });
    for (const { close } of opened) await close();
    for (const { verdict } of opened) verdict();
  },
  prompt: async ({}, use, info) => use(`猫 ${info.testId.slice(-8)}-${info.repeatEachIndex}${info.retry}`),
  chat: ({ page }, use) => use(new ChatPage(page)),
  newBatch: ({ page }, use) => use(new NewBatchPage(page)),
  create: ({ page }, use) => use(new CreatePage(page)),
  films: ({ page }, use) => use(new MakerPage(page, VIDEO)),
  speech: ({ page }, use) => use(new MakerPage(page, SPEECH)),
  transcription: ({ page }, use) => use(new MakerPage(page, TRANSCRIPTION)),
  history: ({ page }, use) => use(new HistoryPage(page)),
  job: ({ page }, use) => use(new JobPage(page)),
});
