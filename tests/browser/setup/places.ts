import { fileURLToPath } from 'node:url';

/** A place below the folder that git ignores. */
export function output(...names: string[]): string {
  return fileURLToPath(new URL(['..', 'output', ...names].join('/'), import.meta.url));
}

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
