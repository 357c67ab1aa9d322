import { type Locator, type Page, expect } from '@playwright/test';
import { Card } from './card';
import { open } from './ready';

/** What distinguishes the pages where work of a kind is asked for. */
export interface Kind {
  path: string;
  /** The name of its form. */
  form: string;
  submit: string;
}

export const VIDEO: Kind = { path: '/video', form: '视频设置', submit: '生成视频' };
export const SPEECH: Kind = { path: '/speech', form: '语音设置', submit: '合成语音' };
export const TRANSCRIPTION: Kind = { path: '/transcribe', form: '识别设置', submit: '开始识别' };

/** The page where work of a kind is asked for. */
export class MakerPage {
  readonly form: Locator;
  readonly submit: Locator;
  readonly price: Locator;
  readonly notes: Locator;

  constructor(
    private readonly page: Page,
    private readonly kind: Kind,
  ) {
    this.form = page.getByRole('region', { name: kind.form });
    this.submit = this.form.getByRole('button', { name: kind.submit });
    this.price = this.form.getByTestId('price');
    this.notes = this.form.locator('.notice').filter({ hasText: '提交时会这样调整' });
  }

  async open(hash = ''): Promise<void> {
    await open(this.page, `${this.kind.path}${hash}`);
    await expect(this.submit).toBeVisible();
  }

  /** A text, by its label. */
  text(name: string): Locator {
    return this.form.getByRole('textbox', { name: new RegExp(`^${name}`) });
  }

  /** A number, by its label. */
  number(name: string): Locator {
    return this.form.getByRole('spinbutton', { name: new RegExp(`^${name}`) });
  }

  switch(name: string): Locator {
    return this.form.getByRole('switch', { name });
  }

  /** Turns what lies unseen over its face, in the middle of the form: the summary lies over its end. */
  async press(control: Locator, on: boolean): Promise<void> {
    await control.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await control.setChecked(on, { force: true });
  }

  /** Chooses one of a list by its value. */
  async choose(value: string): Promise<void> {
    const radio = this.form.locator(`input[type=radio][value="${value}"]`);
    const fold = this.form.locator('details:not([open])', { has: this.page.locator(`input[value="${value}"]`) });
    if (await fold.count()) await fold.locator('summary').click();
    await this.press(radio, true);
  }

  async example(name: string): Promise<void> {
    await this.form.getByRole('group', { name: '示例' }).getByRole('button', { name, exact: true }).click();
  }

  /** The newest job with this prompt. */
  card(prompt: string): Card {
    return new Card(this.page, prompt);
  }
}

/** How a film or a sound stands. */
export async function standing(player: Locator): Promise<{ ready: number; at: number; paused: boolean; length: number }> {
  return player.evaluate((element) => {
    const media = element as HTMLMediaElement;
    return { ready: media.readyState, at: media.currentTime, paused: media.paused, length: media.duration };
  });
}
