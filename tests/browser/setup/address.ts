/** Where the product runs, and the code that opens it. */
export interface Address {
  url: string;
  simulator: string;
  code: string;
}

const NAME = 'STUDIO_UNDER_TEST';

/** Tells the processes that run the specs. */
export function remember(addresses: Address[]): void {
  process.env[NAME] = JSON.stringify(addresses);
}

/** What the set-up has told: each process that runs at the same time as others has a studio of its own. */
export function recall(parallelIndex: number): Address {
  const told = JSON.parse(process.env[NAME] ?? '[]') as Address[];
  const address = told[parallelIndex];
  if (!address) throw new Error('the product was not started: run the specs with `npx playwright test`');
  return address;
}
