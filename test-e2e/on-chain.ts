import type { JsonRpcSigner } from "ethers";
import type { Locator, Page } from "playwright-core";
import { contentOf } from "../sdk/query/content.ts";
import { HOUR } from "../sdk/time.ts";
import {
  ArgumentStaking__factory,
  BeliefFactory__factory,
  ConvictionMarket__factory,
  CouncilChamber__factory,
  CouncilGovernor__factory,
  CouncilStaking__factory,
  CouncilToken__factory,
  QueryEscrow__factory,
  RewardsDistributor__factory,
  TestUSDC__factory,
  TimelockController__factory,
} from "../typechain-types/index.ts";
import type { Stage } from "./stage.ts";

/** The contracts of a stage, to be asked by tests what the page says, or to be used where no page is tested. */
export function contractsOf({ record: { asset, contracts }, node }: Stage) {
  return {
    usdc: TestUSDC__factory.connect(asset, node),
    act: CouncilToken__factory.connect(contracts.CouncilToken.address, node),
    beliefFactory: BeliefFactory__factory.connect(contracts.BeliefFactory.address, node),
    argumentStaking: ArgumentStaking__factory.connect(contracts.ArgumentStaking.address, node),
    convictionMarket: ConvictionMarket__factory.connect(contracts.ConvictionMarket.address, node),
    queryEscrow: QueryEscrow__factory.connect(contracts.QueryEscrow.address, node),
    councilStaking: CouncilStaking__factory.connect(contracts.CouncilStaking.address, node),
    councilGovernor: CouncilGovernor__factory.connect(contracts.CouncilGovernor.address, node),
    timelock: TimelockController__factory.connect(contracts.TimelockController.address, node),
    councilChamber: CouncilChamber__factory.connect(contracts.CouncilChamber.address, node),
    rewardsDistributor: RewardsDistributor__factory.connect(contracts.RewardsDistributor.address, node),
  };
}

/** The contracts of a stage. */
export type Contracts = ReturnType<typeof contractsOf>;

/** An account of the stage, to send from without a page. */
export async function person({ node }: Stage, account: number): Promise<JsonRpcSigner> {
  return node.getSigner(account);
}

/** Asks for seven answers without a page, each window an hour; returns the query's id. */
export async function askQuery(stage: Stage, account: number, question: string): Promise<bigint> {
  const { usdc, queryEscrow } = contractsOf(stage);
  const asker = await person(stage, account);
  const { contentHash, uri } = contentOf(question);
  const windows = { answering: HOUR, opening: HOUR, judging: HOUR, revealing: HOUR };
  const { submitStake } = await queryEscrow.stakesFor(0n, 7n);
  await (await usdc.connect(asker).approve(queryEscrow, submitStake)).wait();
  await (await queryEscrow.connect(asker).ask(contentHash, uri, 0n, 7n, 7n, windows)).wait();
  return queryEscrow.queryCount();
}

/** The chain's time in unix seconds. */
export async function nowOf({ node }: Stage): Promise<bigint> {
  const block = await node.getBlock("latest");
  return BigInt(block?.timestamp ?? 0);
}

/** Moves the chain's time to an instant in unix seconds, unless it is there. */
export async function passUntil(stage: Stage, instant: bigint): Promise<void> {
  const left = instant - (await nowOf(stage));
  if (left > 0n) await stage.pass(left);
}

/** What a page, or a part of it, says beside a name in a list of facts. */
export async function factIn(part: Page | Locator, name: string): Promise<string> {
  const term = part.locator("dt").getByText(name, { exact: true });
  return (await term.locator("xpath=following-sibling::dd[1]").textContent()) ?? "";
}
