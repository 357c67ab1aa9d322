import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { FullConfig } from '@playwright/test';
import { type Address, remember } from './address';
import { output } from './places';
import { type Product, start } from './product';

/**
 * Starts the product once for each process that runs specs: each keeps the vendor's pace, and one for all would have them
 * wait for its two pictures a second. Answers what ends them.
 */
export default async function globalSetup({ workers }: FullConfig): Promise<() => Promise<void>> {
  await rm(output('state'), { recursive: true, force: true });
  const running: Product[] = [];
  const end = async () => {
    await Promise.all(running.map((product) => product.end()));
  };
  const begin = async (index: number): Promise<Address> => {
    const code = randomBytes(18).toString('base64url');
    const product = await start({ code, state: output('state', String(index)) });
    running.push(product);
    return { url: product.url, simulator: product.simulator, code };
  };
  try {
    remember(await Promise.all(Array.from({ length: workers }, (_, index) => begin(index))));
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}
