/** Where the product runs, and the code that opens it. */
export interface Address {
  url: string;
  simulator: string;
  code: string;
}

const NAME = 'STUDIO_UNDER_TEST';

/** Tells the processes that run the specs. */
export function remember(address: Address): void {
  process.env[NAME] = JSON.stringify(address);
}

/** What the set-up has told. */
export function recall(): Address {
  const told = process.env[NAME];
  if (!told) throw new Error('the product was not started: run the specs with `npx playwright test`');
  return JSON.parse(told) as Address;
}
