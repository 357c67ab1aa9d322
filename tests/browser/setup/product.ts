import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from './places';

/** A running product. */
export interface Product {
  url: string;
  simulator: string;
  /** Ends it with all its children. */
  end: () => Promise<void>;
}

/** How much faster than the real service the simulator's tasks run. */
const CLOCK_SCALE = 10;
/** Building the simulator is part of it where that was not done before. */
const START_MS = 300_000;
/** It ends its own children first. */
const END_MS = 20_000;

/** Starts what `cargo xtask build` has built, over the simulator, and waits until it is ready. */
export async function start(options: { code: string; state: string; settings?: Record<string, string> }): Promise<Product> {
  const flags = ['--no-build', '--simulator', '--quiet', '--state', options.state];
  // Port 0: it takes a free one, and another where somebody was quicker.
  const numbers = ['--port', '0', '--clock-scale', String(CLOCK_SCALE)];
  const child = spawn('cargo', ['xtask', 'serve', ...flags, ...numbers], {
    cwd: ROOT,
    env: { ...process.env, ...options.settings, OWNER_CODE: options.code },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whatever way this process goes, the product goes with it.
  const kill = () => void child.kill('SIGTERM');
  process.once('exit', kill);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const end = () => stop(child);
  try {
    return { ...(await ready(child)), end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The addresses in the lines that it prints when it is ready. */
async function ready(child: ChildProcess): Promise<Pick<Product, 'url' | 'simulator'>> {
  let said = '';
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const hear = (text: Buffer) => {
        said += text.toString();
        const url = /^ready (http:\/\/\S+)$/m.exec(said)?.[1];
        const simulator = /^upstream: simulator (http:\/\/\S+)$/m.exec(said)?.[1];
        if (url && simulator) resolve({ url, simulator });
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('error', reject);
      child.once('exit', (code) =>
        reject(new Error(`cargo xtask serve ended (${code}). Was it built? Run \`cargo xtask build\`.\n${said}`)),
      );
      late = setTimeout(() => reject(new Error(`cargo xtask serve does not get ready.\n${said}`)), START_MS);
    });
  } finally {
    clearTimeout(late);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  // Its children are tied to it: they go even when it has to be killed.
  const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await ended;
  clearTimeout(late);
}
