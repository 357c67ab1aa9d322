import { type Locator, type Page, expect } from '@playwright/test';
import { Card } from './card';
import { open } from './ready';

/** The page where pictures are asked for. */
export class CreatePage {
  readonly form: Locator;
  readonly prompt: Locator;
  readonly seed: Locator;
  readonly submit: Locator;
  readonly price: Locator;

  constructor(private readonly page: Page) {
    this.form = page.getByRole('region', { name: '作图设置' });
    this.prompt = this.form.getByRole('textbox', { name: '提示词', exact: true });
    this.seed = this.form.getByRole('spinbutton', { name: /^随机种子/ });
    this.submit = this.form.getByRole('button', { name: '生成图片' });
    this.price = this.form.getByTestId('price');
  }

  async open(path = '/'): Promise<void> {
    await open(this.page, path);
    await expect(this.prompt).toBeVisible();
  }

  /** Chooses a model by its id. */
  async model(id: string): Promise<void> {
    await this.radio(id).check({ force: true });
  }

  /** Sets free sides, or chooses one of the sizes that are offered. */
  async size(size: string): Promise<void> {
    const [width = '', height = ''] = size.split('*');
    if (await this.side('宽').isVisible()) {
      await this.side('宽').fill(width);
      await this.side('高').fill(height);
    } else {
      await this.radio(size).check({ force: true });
    }
  }

  side(name: '宽' | '高'): Locator {
    return this.form.getByRole('spinbutton', { name: new RegExp(`^${name}`) });
  }

  async count(n: number): Promise<void> {
    await this.group('张数').getByRole('radio', { name: String(n), exact: true }).check({ force: true });
  }

  group(name: string): Locator {
    return this.form.getByRole('group', { name });
  }

  radio(value: string): Locator {
    return this.form.locator(`input[type=radio][value="${value}"]`);
  }

  /** The field around a control, with its help, problem and counter. */
  field(control: Locator): Locator {
    return control.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " field ")][1]');
  }

  /** The newest job with this prompt. */
  card(prompt: string): Card {
    return new Card(this.page, prompt);
  }
}
