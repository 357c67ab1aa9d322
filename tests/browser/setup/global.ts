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
  const pulse = keepBusy(product.url);
  return async () => {
    clearInterval(pulse);
    await product.end();
  };
}

/**
 * Asks for health now and then: the pinned wrangler dies when a request meets a connection between its processes
 * that has been idle for just five seconds (cloudflare/workers-sdk#15452, mended in versions for newer Nodes).
 */
function keepBusy(url: string): NodeJS.Timeout {
  return setInterval(() => void fetch(`${url}/api/health`).catch(() => undefined), 2_000);
}
