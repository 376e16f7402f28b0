import { Interface, type JsonFragment } from "ethers";
import {
  AccessManager__factory,
  ArgumentStaking__factory,
  BeliefFactory__factory,
  BeliefMarket__factory,
  ConvictionMarket__factory,
  CouncilChamber__factory,
  CouncilGovernor__factory,
  CouncilStaking__factory,
  CouncilToken__factory,
  QueryEscrow__factory,
  RankRegistry__factory,
  RewardsDistributor__factory,
  StakeVault__factory,
  TestUSDC__factory,
  TimelockController__factory,
  TruthSerum__factory,
} from "../../../typechain-types/index.ts";

/** The contracts of each mechanism, and those that all of them use. */
const FACTORIES = {
  market: [BeliefFactory__factory, BeliefMarket__factory],
  stake: [StakeVault__factory, ConvictionMarket__factory, TruthSerum__factory],
  argument: [ArgumentStaking__factory],
  query: [RankRegistry__factory, QueryEscrow__factory],
  council: [
    ...[CouncilToken__factory, CouncilStaking__factory, RewardsDistributor__factory],
    ...[CouncilGovernor__factory, CouncilChamber__factory],
  ],
  common: [TimelockController__factory, AccessManager__factory, TestUSDC__factory],
} as const;

/** A mechanism, or what all of them use. */
export type Mechanism = keyof typeof FACTORIES;

/** Every custom error that a call to a mechanism can end with, each signature once. */
export function errorsOf(mechanism: Mechanism): Interface {
  return errorsIn(FACTORIES[mechanism]);
}

/** Every custom error that a call to the protocol can end with, each signature once. */
export function protocolErrors(): Interface {
  return errorsIn(Object.values(FACTORIES).flat());
}

function errorsIn(factories: readonly { readonly abi: readonly unknown[] }[]): Interface {
  const fragments = factories
    .flatMap(({ abi }) => abi as readonly JsonFragment[])
    .filter(({ type }) => type === "error");
  const bySignature = new Map(
    fragments.map((fragment) => [
      `${fragment.name}(${(fragment.inputs ?? []).map(({ type }) => type).join()})`,
      fragment,
    ]),
  );
  return new Interface([...bySignature.values()]);
}
