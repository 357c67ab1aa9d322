import { type BrowserContext, expect } from '@playwright/test';

/**
 * Listens to all pages of a browser: errors in the console, exceptions, broken promises, and requests that leave
 * the studio. What this answers fails the spec where there was any that is not tolerated.
 */
export function watch(context: BrowserContext, home: string | undefined, tolerated: RegExp[]): () => void {
  const heard: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') heard.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => heard.push(`exception: ${error.error().stack || error.error()}`));
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== home) heard.push(`request to ${request.url()}`);
  });
  return () => {
    const errors = heard.filter((line) => !tolerated.some((pattern) => pattern.test(line)));
    expect(errors, 'errors in the browser').toEqual([]);
  };
}
