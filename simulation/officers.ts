/** Accounts that are there for something, by their place among the chain's. */
const PLACES = ["deployer", "guardian", "team", "registrar", "curator", "slasher", "keeper", "rival"] as const;

/** Accounts that are there for something. */
export type Officers = Readonly<Record<(typeof PLACES)[number], string>>;

/** Accounts of the chain that are nobody's but officers'. */
export const OFFICER_COUNT = PLACES.length;

/** The first accounts of a chain. */
export function officersOf(accounts: readonly string[]): Officers {
  const found = PLACES.map((office, place): [string, string] => {
    const account = accounts[place];
    if (account === undefined) throw new RangeError("the chain has too few accounts");
    return [office, account];
  });
  return Object.fromEntries(found) as Officers;
}
