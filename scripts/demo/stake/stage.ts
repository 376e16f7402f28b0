import type { LocalDeployment } from "../../../ignition/deploy.ts";
import { randomSalt } from "../../../sdk/salt.ts";
import { sealBelief } from "../../../sdk/stake/seal.ts";
import {
  BeliefFactory__factory,
  ConvictionMarket__factory,
  StakeVault__factory,
  TruthSerum__factory,
} from "../../../typechain-types/index.ts";
import type { Call, DemoChain } from "../chain.ts";
import { PermitSigner } from "../permits.ts";
import { HOUR } from "../time.ts";
import { type Plan, type PlannedClaim, type PlannedVoice, PURCHASE } from "./plan.ts";

/** Everything the replay acts with. */
export interface Stage {
  readonly chain: DemoChain;
  readonly deployment: LocalDeployment;
  readonly plan: Plan;
  /** An account without rights, which settles. */
  readonly keeper: string;
  /** The epoch that all claims share, and its times in unix seconds. */
  readonly epoch: bigint;
  readonly startsAt: bigint;
  readonly endsAt: bigint;
  readonly settleableAt: bigint;
  readonly chainId: bigint;
  readonly addresses: Addresses;
  readonly permits: PermitSigner;
  /** What keeps each seal unguessable until it is opened. */
  readonly salts: Map<PlannedVoice, string>;
}

interface Addresses {
  readonly factory: string;
  readonly vault: string;
  readonly venue: string;
  readonly serum: string;
}

const factoryInterface = BeliefFactory__factory.createInterface();
const vaultInterface = StakeVault__factory.createInterface();
const venueInterface = ConvictionMarket__factory.createInterface();
const serumInterface = TruthSerum__factory.createInterface();

/** Sets the stage for the next epoch that begins. The last account of the chain becomes the keeper. */
export async function setStage(chain: DemoChain, deployment: LocalDeployment, plan: Plan): Promise<Stage> {
  const { beliefFactory, stakeVault, convictionMarket, truthSerum, usdc } = deployment;
  const epoch = (await truthSerum.currentEpoch()) + 1n;
  const { startsAt, endsAt, settleableAt } = await truthSerum.scheduleOf(epoch);
  const { chainId } = await chain.connection.ethers.provider.getNetwork();
  const addresses = {
    factory: await beliefFactory.getAddress(),
    vault: await stakeVault.getAddress(),
    venue: await convictionMarket.getAddress(),
    serum: await truthSerum.getAddress(),
  };
  const keeper = chain.accounts.at(-1) as string;
  const permits = await PermitSigner.for(chain, usdc);
  const salts = new Map(plan.claims.flatMap(({ voices }) => voices).map((voice) => [voice, randomSalt()]));
  return { chain, deployment, plan, keeper, epoch, startsAt, endsAt, settleableAt, chainId, addresses, permits, salts };
}

/** Everybody deposits what their locks will need, so that a purchase buys tokens with all of its amount. */
export async function depositCalls({ chain, plan, addresses, permits, startsAt }: Stage): Promise<Call[]> {
  const calls: Call[] = [];
  for (const [person, amount] of plan.deposits.entries()) {
    const from = chain.accountOf(person);
    const { deadline, signature } = await permits.sign(from, addresses.vault, amount, startsAt + HOUR);
    const { v, r, s } = signature;
    const data = vaultInterface.encodeFunctionData("depositWithPermit", [amount, deadline, v, r, s]);
    calls.push({ from, to: addresses.vault, data });
  }
  return calls;
}

/** The first who judged a claim creates its market, without a stake of their own there, and its pool. */
export function creationCalls({ chain, addresses }: Stage, { claimId, voices }: PlannedClaim): Call[] {
  const from = chain.accountOf((voices[0] as PlannedVoice).person);
  return [
    { from, to: addresses.factory, data: factoryInterface.encodeFunctionData("createMarket", [claimId, 0n]) },
    { from, to: addresses.venue, data: venueInterface.encodeFunctionData("createPool", [claimId]) },
  ];
}

/** Everybody buys the side of their answer. With enough stake deposited a unit buys at least one token. */
export async function purchaseCalls(stage: Stage, { claimId, voices }: PlannedClaim): Promise<Call[]> {
  const { chain, addresses, permits, endsAt } = stage;
  const calls: Call[] = [];
  for (const { person, side } of voices) {
    const from = chain.accountOf(person);
    const { deadline, signature } = await permits.sign(from, addresses.venue, PURCHASE, endsAt);
    const { v, r, s } = signature;
    const purchase = [claimId, side, PURCHASE, PURCHASE, deadline, v, r, s] as const;
    calls.push({ from, to: addresses.venue, data: venueInterface.encodeFunctionData("buyWithPermit", [...purchase]) });
  }
  return calls;
}

/** Everybody commits a sealed belief. */
export function commitCalls(stage: Stage, { claimId, voices }: PlannedClaim): Call[] {
  const { chain, chainId, epoch, addresses, salts } = stage;
  return voices.map((voice) => {
    const from = chain.accountOf(voice.person);
    const { belief, meta } = voice;
    const salt = salts.get(voice) as string;
    const seal = sealBelief({ chainId, truthSerum: addresses.serum, claimId, epoch, user: from, belief, meta, salt });
    return { from, to: addresses.serum, data: serumInterface.encodeFunctionData("commitBelief", [claimId, seal]) };
  });
}

/** Everybody opens what they sealed. */
export function revealCalls({ chain, epoch, addresses, salts }: Stage, { claimId, voices }: PlannedClaim): Call[] {
  return voices.map((voice) => {
    const from = chain.accountOf(voice.person);
    const opened = [from, claimId, epoch, voice.belief, voice.meta, salts.get(voice) as string] as const;
    return { from, to: addresses.serum, data: serumInterface.encodeFunctionData("revealBelief", [...opened]) };
  });
}
