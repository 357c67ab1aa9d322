import { type APIRequestContext, type Locator, type Page, expect } from '@playwright/test';
import jsQR from 'jsqr';
import { open } from './ready';

/** A code that was just made. */
export interface Issued {
  member?: { id: string; name: string };
  code: { id: string; name: string };
  secret: string;
}

/** The owner's interface to members: makes what must be there before a spec begins. */
export class People {
  constructor(private readonly request: APIRequestContext) {}

  /** Makes a member. */
  async make(change: Record<string, unknown>): Promise<Issued> {
    const answer = await this.request.post('/api/admin/members', { data: change });
    expect([200, 201], await answer.text()).toContain(answer.status());
    return (await answer.json()) as Issued;
  }

  /** Changes a member. */
  async change(id: string, change: Record<string, unknown>): Promise<void> {
    const answer = await this.request.patch(`/api/admin/members/${id}`, { data: change });
    expect(answer.status(), await answer.text()).toBe(200);
  }
}

/** A code that was just made, as the page shows it this once. */
export class IssuedCard {
  readonly root: Locator;
  readonly picture: Locator;

  constructor(private readonly page: Page) {
    this.root = page.getByRole('group', { name: /的登录码$/ });
    this.picture = this.root.getByRole('img', { name: /二维码/ });
  }

  async secret(): Promise<string> {
    return this.root.getByTestId('secret').innerText();
  }

  async link(): Promise<string> {
    return this.root.getByTestId('link').innerText();
  }

  /** What a camera reads from the picture on the screen. */
  async scanned(): Promise<string | undefined> {
    const png = await this.picture.screenshot();
    const blank = await this.page.context().newPage();
    const { data, width, height } = await blank.evaluate(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const pixels = context?.getImageData(0, 0, image.width, image.height);
      return { data: [...(pixels?.data ?? [])], width: image.width, height: image.height };
    }, `data:image/png;base64,${png.toString('base64')}`);
    await blank.close();
    return jsQR(Uint8ClampedArray.from(data), width, height)?.data;
  }

  /** Says that it is kept. */
  async keep(): Promise<void> {
    await this.root.getByRole('button', { name: '我已经存好' }).click();
    await expect(this.root).toBeHidden();
  }
}

/** The owner's page of one member. */
export class MemberPage {
  constructor(private readonly page: Page) {}

  async open(id: string): Promise<void> {
    await open(this.page, `/members/${id}`);
    await expect(this.page.getByRole('heading', { name: '停用与删除' })).toBeVisible();
  }

  /** A code by its name. */
  code(name: string): Locator {
    return this.page.getByRole('article', { name });
  }

  /** Presses a button, and the same in the dialog that asks. */
  async press(name: string, within: Page | Locator = this.page): Promise<void> {
    await within.getByRole('button', { name, exact: true }).click();
    await this.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  }
}

/** Expects the page to show the door, and to keep nothing of the member. */
export async function isOutside(page: Page): Promise<void> {
  await expect(page.locator('form').getByLabel('登录码', { exact: true })).toBeVisible();
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeHidden();
  const kept = () => page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }));
  await expect.poll(async () => (await kept()).filter((key) => !/^studio\.(language|theme)$/.test(key))).toEqual([]);
}
