import type { Locator } from "playwright-core";
import { claimIdOf } from "../sdk/claims.ts";
import {
  ArgumentStaking__factory,
  type BeliefMarket,
  BeliefMarket__factory,
  StakeVault__factory,
  TruthSerum__factory,
} from "../typechain-types/index.ts";
import { contractsOf } from "./on-chain.ts";
import type { Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/** The asset of the chain, as the app writes it. */
export const USDC = { symbol: "USDC", decimals: 6 } as const;

/** One dollar, in units. */
export const DOLLAR = 1_000_000n;

/** The claim that the tests of a claim's pages are about: it has a market and a pool, and nobody argues about it. */
export const CLAIM_ID = claimIdOf("Anchorage is the capital of Alaska");

/** Where it is in the app. */
export const CLAIM_PATH = `/claims/${CLAIM_ID}`;

/** The contracts behind the pages of a claim. */
export function claimContractsOf(stage: Stage) {
  const { record, node } = stage;
  const { StakeVault, TruthSerum, ArgumentStaking } = record.contracts;
  return {
    ...contractsOf(stage),
    stakeVault: StakeVault__factory.connect(StakeVault.address, node),
    truthSerum: TruthSerum__factory.connect(TruthSerum.address, node),
    argumentStaking: ArgumentStaking__factory.connect(ArgumentStaking.address, node),
  };
}

/** They. */
export type ClaimContracts = ReturnType<typeof claimContractsOf>;

/** The market of a claim. */
export async function marketOf(stage: Stage, claimId: string): Promise<BeliefMarket> {
  return BeliefMarket__factory.connect(await contractsOf(stage).beliefFactory.marketOf(claimId), stage.node);
}

/** What one of the lists of facts on the page says beside a name; a name that is text is the whole name. */
export function factIn({ page }: Visitor, list: string, name: string | RegExp): Locator {
  const term = page.getByLabel(list, { exact: true }).getByText(name, { exact: true });
  return term.locator("xpath=following-sibling::dd[1]");
}
