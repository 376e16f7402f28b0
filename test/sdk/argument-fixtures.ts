import { getAddress, id, toBeHex } from "ethers";
import type { ArgumentErrorName } from "../../sdk/argument/errors.ts";
import type { ArgumentEvent } from "../../sdk/argument/events.ts";
import { type ArgumentDraft, ArgumentModel } from "../../sdk/argument/model.ts";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import { Side } from "../../sdk/market/side.ts";
import { ARGUMENT_RULES, act, DAY } from "../fixtures/amounts.ts";
import { expectRefusal } from "./refusals.ts";

const addressOf = (number: number): string => getAddress(toBeHex(number, 20));

export const STAKING = addressOf(0xa);
export const [ALICE, BOB, CAROL, DAVE, ERIN] = [1, 2, 3, 4, 5].map(addressOf) as [
  string,
  string,
  string,
  string,
  string,
];
/** Pays into the reserve, and holds nothing else. */
export const FUNDER = addressOf(0xf);

export const CLAIM = id("a claim");
export const OTHER_CLAIM = id("another claim");

/** When a test begins, in unix seconds. */
export const START = 1_000_000n;
export const WEEK = 7n * DAY;

/** `floor(50e18 * 0.25 * 7 / 365)`: 350e18 / 1,460 = 239,726,027,397,260,273.97. */
export const INTEREST_OF_50 = 239_726_027_397_260_273n;
/** `floor(10e18 * 0.25 * 7 / 365)`: 70e18 / 1,460 = 47,945,205,479,452,054.79. */
export const INTEREST_OF_10 = 47_945_205_479_452_054n;

/** What the reserve holds when a test begins. */
export const RESERVE = act(100);

export const DRAFT: ArgumentDraft = {
  claimId: CLAIM,
  side: Side.Support,
  summary: "The seat of government since 1906",
  body: "The legislature moved there from Sitka, and stayed.",
};

/** A model with two claims and a full reserve, in which five people hold 1,000 tokens each. */
export function argumentModel(rules: Partial<ArgumentParams> = {}): ArgumentModel {
  const model = new ArgumentModel({ ...ARGUMENT_RULES, ...rules }, STAKING);
  for (const claimId of [CLAIM, OTHER_CLAIM]) model.addClaim(claimId);
  for (const user of [ALICE, BOB, CAROL, DAVE, ERIN]) model.token.mint(user, act(1_000));
  model.token.mint(FUNDER, RESERVE);
  model.fundRewards(FUNDER, RESERVE, START);
  model.events.take();
  return model;
}

/** Expects `act` to throw the `ModelError` with this name and these arguments. */
export const expectArgumentRevert = expectRefusal<ArgumentErrorName>;

/** Names and arguments of events, as they were told. */
export function told(events: readonly ArgumentEvent[]): unknown[] {
  return events.map(({ name, facts }) => [name, ...Object.values(facts)]);
}
