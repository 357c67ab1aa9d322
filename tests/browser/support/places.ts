import { type Page, expect, test } from '@playwright/test';
import { BatchPage, NewBatchPage } from './batches';
import { CreatePage } from './create';
import { HistoryPage } from './history';
import { JobPage } from './job';
import { open } from './ready';
import type { Studio } from './studio';

/** A page of the studio in a state worth looking at. */
export interface Place {
  name: string;
  /** Whether nobody is logged in. */
  outside?: boolean;
  /** Brings the page there; `prompt` is the spec's own. */
  arrive: (page: Page, studio: Studio, prompt: string) => Promise<void>;
}

/** Every page, and those of their states that look otherwise. */
export const PLACES: Place[] = [
  { name: 'login', outside: true, arrive: (page) => open(page, '/') },
  {
    name: 'create-with-jobs',
    arrive: async (page, studio, prompt) => {
      await studio.finished({ prompt: `${prompt}，雨后的江南小巷`, n: 3, size: '1440*810' });
      await studio.finished({ prompt: `${prompt} [[sim:fail DataInspectionFailed]]` });
      const create = new CreatePage(page);
      await create.open();
      await create.prompt.fill(prompt);
      await create.card(`${prompt}，雨后的江南小巷`).reaches('已完成');
    },
  },
  {
    name: 'create-with-problems',
    arrive: async (page) => {
      const create = new CreatePage(page);
      await create.open();
      await create.size('1440*1440');
      await create.seed.fill('-1');
      await create.submit.click();
      await expect(create.prompt).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'create-qwen-with-note',
    arrive: async (page, _, prompt) => {
      const create = new CreatePage(page);
      await create.open();
      await create.prompt.fill(prompt);
      await create.seed.fill('7');
      await create.model('qwen-image');
      await create.size('1472*1140');
      await expect(create.form).toContainText('1472*1104');
    },
  },
  {
    name: 'history',
    arrive: async (page, studio, prompt) => {
      await studio.finished({ prompt: `${prompt} [[sim:partial 1]]`, n: 2 });
      await new HistoryPage(page).open();
    },
  },
  {
    name: 'batches',
    arrive: async (page, studio, prompt) => {
      const failing = `${prompt} [[sim:fail DataInspectionFailed]]`;
      const pictures = [prompt, `${prompt}，夜市`, failing].map((text) => ({ model: 'wan2.2-t2i-flash', prompt: text, size: '512*512' }));
      const { id } = await studio.batch('春季海报', { image_tasks: pictures });
      await studio.ended(id);
      await open(page, '/batches');
      await expect(page.getByRole('list', { name: '批量' }).getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'batch',
    arrive: async (page, studio, prompt) => {
      const failing = `${prompt} [[sim:fail DataInspectionFailed]]`;
      const { id } = await studio.batch('春季海报', {
        image_tasks: [prompt, `${prompt}，雨后的江南小巷，青石板上有一只橘猫`, failing].map((text) => ({ model: 'wan2.2-t2i-flash', prompt: text, size: '512*512' })),
        text_tasks: [{ model: 'qwen-turbo', prompt: `${prompt} 生成产品文案` }],
        speech_tasks: [{ model: 'sambert-zhichu-v1', text: `${prompt} 各位旅客，前方到站是杭州东站。` }],
      });
      await studio.ended(id);
      const batch = new BatchPage(page);
      await batch.open(id);
      await batch.reaches('已完成');
    },
  },
  {
    name: 'batch-edit',
    arrive: async (page, studio, prompt) => {
      const failing = `${prompt} [[sim:fail DataInspectionFailed]]`;
      const { id } = await studio.batch('春季海报', { image_tasks: [{ model: 'wan2.2-t2i-flash', prompt: failing, size: '512*512' }] });
      await studio.ended(id);
      const batch = new BatchPage(page);
      await batch.open(id);
      await batch.entries.first().getByRole('button', { name: '修改后重试' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'batch-new-problems',
    arrive: async (page, _, prompt) => {
      const batch = new NewBatchPage(page);
      await batch.open();
      await batch.from('粘贴');
      const wrong = [`{"model": "wan2.2-t2i-flash", "prompt": "${prompt}", "n": 9}`, '{"model": "qwen-image", "size": "1x1", "seed": 3}'];
      await batch.text.fill(`{\n  "image_tasks": [\n    ${wrong.join(',\n    ')}\n  ]\n}`);
      await expect(batch.check).toContainText('处问题');
    },
  },
  {
    name: 'batch-new-form',
    arrive: async (page, _, prompt) => {
      const batch = new NewBatchPage(page);
      await batch.open();
      await batch.from('用表单');
      await page.getByRole('textbox', { name: '提示词' }).fill(`${prompt} 一\n${prompt} 二\n${prompt} 三`);
      await expect(batch.check).toContainText('没有问题');
    },
  },
  {
    name: 'batch-new',
    arrive: async (page) => new NewBatchPage(page).open(),
  },
  { name: 'history-no-match', arrive: (page) => new HistoryPage(page).open('/history?q=没有这样的任务') },
  {
    name: 'job',
    arrive: async (page, studio, prompt) => {
      const { id } = await studio.finished({ prompt, n: 4, prompt_extend: true, seed: 7, negative_prompt: '雨' });
      const job = new JobPage(page);
      await job.open(id);
      await job.reaches('已完成');
    },
  },
  {
    name: 'job-failed',
    arrive: async (page, studio, prompt) => {
      const { id } = await studio.finished({ prompt: `${prompt} [[sim:fail Arrearage]]` });
      const job = new JobPage(page);
      await job.open(id);
      await job.reaches('失败');
    },
  },
  {
    name: 'job-viewer',
    arrive: async (page, studio, prompt) => {
      const { id } = await studio.finished({ prompt, n: 2, size: '1440*810' });
      const job = new JobPage(page);
      await job.open(id);
      await job.button('放大第 1 张').click();
      await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
    },
  },
  {
    name: 'parts',
    arrive: async (page) => {
      await open(page, '/parts');
      const none = page.getByRole('heading', { name: '没有这个页面' });
      test.skip(await none.isVisible(), 'the page of parts is in development builds only');
    },
  },
  { name: 'not-found', arrive: (page) => open(page, '/no/such/page') },
];
