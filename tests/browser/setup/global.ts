import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { start } from './product';
import { remember } from './address';
import { output } from './places';

/** Starts the product for all specs; answers what ends it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  await rm(output('state'), { recursive: true, force: true });
  const code = randomBytes(18).toString('base64url');
  const product = await start({ code, state: output('state') });
  remember({ url: product.url, simulator: product.simulator, code });
  return product.end;
}
