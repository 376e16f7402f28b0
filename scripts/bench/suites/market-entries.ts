import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { AddressLike } from "ethers";
import { CredenceError } from "../../../sdk/errors.ts";
import { type MarketParams, PARAM_BOUNDS } from "../../../sdk/market/params.ts";
import { Side } from "../../../sdk/market/side.ts";
import { type BeliefMarket, BeliefMarket__factory } from "../../../typechain-types/index.ts";
import { DAY, HOUR } from "../chain.ts";
import type { MarketTask } from "./market.ts";
import { ANY_FEE_BPS, allow, createMarket } from "./market-stage.ts";
import { type Cast, claimOf, openStage, permitAhead, type Stage, USDC } from "./stage.ts";

type Gas<T extends MarketTask> = Record<T, bigint>;

const COMMITMENT = 1_000n * USDC;
const STAKE = 400n * USDC;

/** Measures every row of the market suite on a chain of its own. Each group of rows starts from the same state. */
export async function measureMarketEntries(): Promise<Record<MarketTask, bigint>> {
  const stage = await openStage();
  try {
    // The first market of all is nobody's typical one: the counter's slot and the balances are in use afterwards.
    const start = stage.startsAt;
    await createMarket(stage, "an earlier one", start, COMMITMENT);
    const from = start + DAY;
    return {
      ...(await stage.aside(() => measureCreation(stage, from))),
      ...(await stage.aside(() => measureEmptyMarket(stage, from))),
      ...(await stage.aside(() => measureBusyMarket(stage, from))),
      ...(await stage.aside(() => measureRelease(stage, from))),
      ...(await stage.aside(() => measureGovernance(stage, from))),
    };
  } finally {
    await stage.connection.close();
  }
}

async function measureCreation(
  stage: Stage,
  start: bigint,
): Promise<
  Gas<
    | "createMarket, no commitment"
    | "createMarket with commitment"
    | "createMarket with commitment, exact allowance"
    | "createMarketWithParams, no commitment"
    | "createMarketWithParams with commitment"
  >
> {
  const factory = stage.beliefFactory.connect(stage.cast.author);
  const params = await otherParams(stage);
  const create = (words: string, commitment: bigint) =>
    stage.aside(() => stage.send(start, () => factory.createMarket(claimOf(words), commitment)));
  const createWithParams = (words: string, commitment: bigint) =>
    stage.aside(() => stage.send(start, () => factory.createMarketWithParams(claimOf(words), commitment, params)));
  return {
    "createMarket, no commitment": await create("creation", 0n),
    "createMarket with commitment": await create("creation", COMMITMENT),
    "createMarket with commitment, exact allowance": await withExactAllowance(
      stage,
      stage.cast.author,
      stage.beliefFactory,
      COMMITMENT,
      () => create("creation", COMMITMENT),
    ),
    "createMarketWithParams, no commitment": await createWithParams("creation", 0n),
    "createMarketWithParams with commitment": await createWithParams("creation", COMMITMENT),
  };
}

async function measureEmptyMarket(stage: Stage, start: bigint): Promise<Gas<"commit, first stake of an empty market">> {
  const market = await createMarket(stage, "an empty market", start, 0n);
  await allow(stage, market, [stage.cast.supporter]);
  return {
    "commit, first stake of an empty market": await commit(stage, market, start + DAY, "supporter", Side.Support),
  };
}

/** One market from the author's commitment to the last withdrawal; side stories run aside. */
async function measureBusyMarket(stage: Stage, start: bigint) {
  const { cast } = stage;
  const market = await createMarket(stage, "a busy market", start, COMMITMENT);
  await allow(stage, market, [cast.challenger, cast.supporter, cast.skeptic, cast.latecomer]);

  const commitSharing = (at: bigint, who: keyof Cast, side: Side) =>
    shared(stage, market, () => commit(stage, market, at, who, side));

  const firstOpposing = await commitSharing(start + DAY, "challenger", Side.Oppose); // position 2
  const premium = await stage.aside(() =>
    shared(stage, market, () => stage.send(start + DAY + HOUR, () => market.distribute())),
  );
  const third = await commitSharing(start + 2n * DAY, "supporter", Side.Support); // position 3
  const fourth = await commitSharing(start + 3n * DAY, "skeptic", Side.Oppose); // position 4
  const fifthExact = await stage.aside(() =>
    withExactAllowance(stage, cast.latecomer, market, STAKE, () =>
      commitSharing(start + 4n * DAY, "latecomer", Side.Support),
    ),
  );
  const permit = await stage.aside(() => commitWithPermit(stage, market, start + 4n * DAY, false));
  const usedPermit = await stage.aside(() => commitWithPermit(stage, market, start + 4n * DAY, true));
  await commit(stage, market, start + 5n * DAY, "latecomer", Side.Support); // position 5

  const exit = await stage.aside(() =>
    shared(stage, market, () => stage.send(start + 6n * DAY, () => market.connect(cast.supporter).exitEarly(3n))),
  );
  return {
    "commit, first opposing stake": firstOpposing,
    "distribute, author's premium": premium,
    "commit, third stake (Support)": third,
    "commit, fourth stake (Oppose)": fourth,
    "commit, fifth stake (Support), exact allowance": fifthExact,
    "commitWithPermit, later user": permit,
    "commitWithPermit, permit sent ahead by another": usedPermit,
    "exitEarly, penalty shared": exit,
    ...(await stage.aside(() => measureClaims(stage, market, start + 10n * DAY))),
    ...(await stage.aside(() => measureWithdrawals(stage, market, start + 40n * DAY))),
  } satisfies Partial<Record<MarketTask, bigint>>;
}

/** A market whose positions may take next to nothing, so that a share leaves them with an excess. */
async function measureRelease(stage: Stage, start: bigint): Promise<Gas<"releaseExcess">> {
  const { cast } = stage;
  const claimId = claimOf("a capped market");
  const rules = { ...(await otherParams(stage)), maxUserRewardBps: 1n };
  await stage.send(start, () =>
    stage.beliefFactory.connect(cast.author).createMarketWithParams(claimId, COMMITMENT, rules),
  );
  const market = BeliefMarket__factory.connect(await stage.beliefFactory.marketOf(claimId), cast.latecomer);
  await allow(stage, market, [cast.challenger, cast.supporter]);
  await commit(stage, market, start + DAY, "challenger", Side.Oppose); // position 2
  await commit(stage, market, start + 2n * DAY, "supporter", Side.Support);

  const before = (await market.state()).undistributed;
  const gas = await stage.send(start + 3n * DAY, () => market.releaseExcess(2n));
  if ((await market.state()).undistributed <= before) {
    throw new CredenceError("the release that is measured released nothing");
  }
  return { releaseExcess: gas };
}

async function measureClaims(
  stage: Stage,
  market: BeliefMarket,
  start: bigint,
): Promise<
  Gas<
    | "claimRewards, first of a user"
    | "claimRewards, first of the author"
    | "claimRewards, again"
    | "claimRewards, nothing due"
  >
> {
  const { cast } = stage;
  const ofUser = market.connect(cast.supporter);
  const first = await paid(stage, cast.supporter.address, () => stage.send(start, () => ofUser.claimRewards(3n)));
  const author = await paid(stage, cast.author.address, () =>
    stage.send(start + HOUR, () => market.connect(cast.author).claimRewards(1n)),
  );
  const nothing = await stage.aside(() => stage.send(start + 2n * HOUR, () => ofUser.claimRewards(3n)));
  await commit(stage, market, start + DAY, "skeptic", Side.Oppose);
  const again = await paid(stage, cast.supporter.address, () =>
    stage.send(start + 2n * DAY, () => ofUser.claimRewards(3n)),
  );
  return {
    "claimRewards, first of a user": first,
    "claimRewards, first of the author": author,
    "claimRewards, again": again,
    "claimRewards, nothing due": nothing,
  };
}

async function measureWithdrawals(
  stage: Stage,
  market: BeliefMarket,
  start: bigint,
): Promise<Gas<"withdraw with reward" | "withdraw with reward, the author" | "withdraw, last of the market">> {
  const { cast } = stage;
  const withdraw = async (owner: keyof Cast, positionId: bigint) => {
    if ((await market.pendingRewards(positionId)) === 0n) {
      throw new CredenceError("the withdrawal that is measured pays no reward", { positionId });
    }
    return stage.send(start, () => market.connect(cast[owner]).withdraw(positionId));
  };
  const user = await stage.aside(() => withdraw("supporter", 3n));
  const author = await stage.aside(() => withdraw("author", 1n));
  let at = start;
  for (const [owner, positionId] of [
    ["author", 1n],
    ["supporter", 3n],
    ["skeptic", 4n],
    ["latecomer", 5n],
  ] as const) {
    await stage.send(at++, () => market.connect(cast[owner]).withdraw(positionId));
  }
  const last = await stage.send(at, () => market.connect(cast.challenger).withdraw(2n));
  return {
    "withdraw with reward": user,
    "withdraw with reward, the author": author,
    "withdraw, last of the market": last,
  };
}

async function measureGovernance(
  stage: Stage,
  start: bigint,
): Promise<Gas<"setDefaultParams" | "pauseCreation" | "unpauseCreation">> {
  const factory = stage.beliefFactory; // of the deployer, who is admin and guardian of a local deployment
  const params = await otherParams(stage);
  return {
    setDefaultParams: await stage.send(start, () => factory.setDefaultParams(params)),
    pauseCreation: await stage.send(start + HOUR, () => factory.pauseCreation()),
    unpauseCreation: await stage.send(start + 2n * HOUR, () => factory.unpauseCreation()),
  };
}

/** The default rules with a lock twice as long. */
async function otherParams(stage: Stage): Promise<MarketParams> {
  const defaults = await stage.beliefFactory.defaultParams();
  const named = Object.fromEntries(PARAM_BOUNDS.map(({ name }) => [name, defaults[name]])) as unknown as MarketParams;
  return { ...named, lockPeriod: 2n * named.lockPeriod };
}

function commit(stage: Stage, market: BeliefMarket, at: bigint, who: keyof Cast, side: Side): Promise<bigint> {
  return stage.send(at, () => market.connect(stage.cast[who]).commit(side, STAKE, ANY_FEE_BPS));
}

/** The gas of `action` while `spender` may move `amount` of the owner's dollars and no more. */
function withExactAllowance(
  stage: Stage,
  owner: HardhatEthersSigner,
  spender: AddressLike,
  amount: bigint,
  action: () => Promise<bigint>,
): Promise<bigint> {
  return stage.aside(async () => {
    await stage.usdc.connect(owner).approve(spender, amount);
    return action();
  });
}

async function commitWithPermit(stage: Stage, market: BeliefMarket, at: bigint, isSentAhead: boolean): Promise<bigint> {
  const { deadline, v, r, s } = await permitAhead(stage, market, STAKE, at, isSentAhead);
  return stage.send(at, () =>
    market.connect(stage.cast.signatory).commitWithPermit(Side.Support, STAKE, ANY_FEE_BPS, deadline, v, r, s),
  );
}

/** The gas of `action`, which has to pay `account` something: a claim of nothing is cheaper. */
async function paid(stage: Stage, account: string, action: () => Promise<bigint>): Promise<bigint> {
  const before = await stage.usdc.balanceOf(account);
  const gas = await action();
  if ((await stage.usdc.balanceOf(account)) <= before)
    throw new CredenceError("the claim that is measured paid nothing", { account });
  return gas;
}

/** The gas of `action`, which has to share something among positions: without a fee or a penalty it is cheaper. */
async function shared(stage: Stage, market: BeliefMarket, action: () => Promise<bigint>): Promise<bigint> {
  const address = await market.getAddress();
  const topic = market.filters.RewardsDistributed().fragment.topicHash;
  const before = await stage.countLogs(address, topic);
  const gas = await action();
  if ((await stage.countLogs(address, topic)) !== before + 1) {
    throw new CredenceError("the action that is measured shared nothing", { market: address });
  }
  return gas;
}
