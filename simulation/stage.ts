import { ArgumentModel } from "../sdk/argument/model.ts";
import type { ArgumentParams } from "../sdk/argument/params.ts";
import { CouncilModel } from "../sdk/council/model.ts";
import { COUNCIL_DEFAULTS, FIRST_SUPPLY } from "../sdk/council/params.ts";
import { lockTiersOf } from "../sdk/council/tiers.ts";
import { Role } from "../sdk/roles.ts";
import { fieldsOf } from "../test/fixtures/structs.ts";
import type { SimulatedChain } from "./chain.ts";
import { type Contract, contractOf } from "./contract.ts";
import type { Deployed, Deployments } from "./deployment.ts";
import type { Officers } from "./officers.ts";
import { ArgumentsPart } from "./parts/arguments.ts";
import { ChamberPart } from "./parts/chamber.ts";
import { CouncilPart } from "./parts/council.ts";
import { GovernorPart, type GovernorSetup } from "./parts/governor.ts";
import { World } from "./world.ts";
import { type Recording, type Zone, zoneOf } from "./zone.ts";

/** Everything that the simulation plays with. */
export interface Stage {
  readonly world: World;
  readonly officers: Officers;
  readonly deployments: Deployments;
  readonly usdc: Zone;
  readonly hostile: Zone;
  readonly arguing: ArgumentsPart;
  readonly council: CouncilPart;
  readonly governance: GovernorPart;
  readonly chamber: ChamberPart;
  /** Who holds the treasury and governs. */
  readonly timelock: Contract;
}

/** Puts models beside the contracts, after the deployment and before anybody acts. */
export async function stageOf(chain: SimulatedChain, officers: Officers, deployments: Deployments): Promise<Stage> {
  const { main, hostile: other } = deployments;
  const { guardian, deployer } = officers;
  const chainId = (await chain.connection.ethers.provider.getNetwork()).chainId;
  const timelock = await contractOf("timelock", main.contracts.timelock);
  const admin = timelock.address;

  const donated: { arguing?: ArgumentsPart } = {};
  const council = await councilOf(main, { officers, admin, donate: (...gift) => donateTo(donated.arguing, ...gift) });
  const record: Recording = (account, recorder, now) =>
    council.model.rewardsAt(now).recordParticipation(account, recorder, now);
  const arguing = await argumentsOf(main, council, { guardian, admin, record });
  donated.arguing = arguing;
  const usdc = await zoneOf("usdc", main, { chainId, guardian, admin, record });
  usdc.markets.onClaim.push((claimId) => arguing.addClaim(claimId));
  const hostile = await zoneOf("hostile", other, { chainId, guardian, admin: deployer, record: () => undefined });
  hostile.queries.registrar = officers.registrar;
  const chamber = await chamberOf(main, council, { guardian, admin, record });
  council.holders.push(arguing.setup.contract, chamber.setup.chamber, timelock);
  council.holders.push(council.setup.contracts.staking, council.setup.contracts.distributor);

  const parts = [usdc, hostile].flatMap(({ asset, markets, stake, queries }) => [asset, markets, stake, queries]);
  const governance = await governorOf(main, timelock, council, {
    run: (call, done) => world.runOnModel(call, done),
    callOf: (from, to, data) => world.callOf(from, to, data),
    onRole: (role, account) => {
      if (role === Role.Registrar) usdc.queries.registrar = account;
      if (role === Role.Curator || role === Role.Slasher) arguing.model.grantRole(role, account);
    },
  });
  const world: World = new World(
    chain,
    [...parts, arguing, council, governance, chamber],
    [usdc.asset, hostile.asset],
    (on) => [usdc, hostile].find(({ owns }) => owns(on))?.asset.token ?? council.setup.contracts.token,
  );
  return { world, officers, deployments, usdc, hostile, arguing, council, governance, chamber, timelock };
}

/** What argument staking is sent unasked is in its own books. Returns whether it was that. */
function donateTo(arguing: ArgumentsPart | undefined, from: string, to: string, amount: bigint): boolean {
  if (arguing === undefined || to !== arguing.setup.contract.address) return false;
  arguing.model.donate(from, amount);
  return true;
}

/** What parts need of who governs. */
interface Government {
  readonly guardian: string;
  readonly admin: string;
  readonly record: Recording;
}

async function councilOf(
  { contracts }: Deployed,
  {
    officers: { team, guardian },
    admin,
    donate,
  }: { officers: Officers; admin: string; donate: CouncilPart["setup"]["donate"] },
): Promise<CouncilPart> {
  const token = await contractOf("token", contracts.councilToken, "council");
  const staking = await contractOf("staking", contracts.councilStaking);
  const distributor = await contractOf("distributor", contracts.rewardsDistributor);
  const params = COUNCIL_DEFAULTS;
  const model = new CouncilModel({
    staking: { ...pick(params, ["minStake", "maxStake", "earlyExitPenaltyBps"]), tiers: lockTiersOf(params) },
    rewards: pick(params, ["period", "activityWindow", "participationBps", "longTermBps", "governanceBps", "minClaim"]),
    maxInflationBps: params.maxInflationBps,
    deployedAt: await contracts.councilToken.deployedAt(),
    addresses: { staking: staking.address, distributor: distributor.address },
  });
  for (const holder of [team, admin]) {
    model.token.allocate(holder, await contracts.councilToken.balanceOf(holder));
  }
  if (model.token.totalSupply() !== FIRST_SUPPLY) throw new Error("somebody else holds a part of the first supply");
  return new CouncilPart({ contracts: { token, staking, distributor }, model, guardian, admin, donate });
}

async function argumentsOf(
  { contracts: { argumentStaking } }: Deployed,
  council: CouncilPart,
  { guardian, admin, record }: Government,
): Promise<ArgumentsPart> {
  const contract = await contractOf("arguments", argumentStaking);
  const params = fieldsOf(await argumentStaking.params()) as unknown as ArgumentParams;
  const model = new ArgumentModel(params, contract.address, council.model.token.book);
  const recording = (account: string, now: bigint) => record(account, contract.address, now);
  return new ArgumentsPart({ contract, model, guardian, admin, record: recording });
}

async function chamberOf(
  { contracts }: Deployed,
  { model: council }: CouncilPart,
  { guardian, admin, record }: Government,
): Promise<ChamberPart> {
  const chamber = await contractOf("chamber", contracts.councilChamber);
  const { minAgentStake } = COUNCIL_DEFAULTS;
  const recording = (account: string, now: bigint) => record(account, chamber.address, now);
  return new ChamberPart({ chamber, council, minAgentStake, guardian, admin, record: recording });
}

async function governorOf(
  { contracts }: Deployed,
  timelock: Contract,
  { model: council }: CouncilPart,
  around: Pick<GovernorSetup, "run" | "callOf" | "onRole">,
): Promise<GovernorPart> {
  const governor = await contractOf("governor", contracts.councilGovernor);
  const authority = await contractOf("authority", contracts.authority);
  return new GovernorPart({ governor, timelock, authority, council, params: COUNCIL_DEFAULTS, ...around });
}

function pick<T, K extends keyof T>(whole: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, whole[key]])) as Pick<T, K>;
}
