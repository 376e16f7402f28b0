import { DAY, HOUR } from "../chain.ts";
import { measureLevels } from "../growth.ts";
import type { GrowthGas } from "../suite.ts";
import { beginPeriod, type CouncilStage, gatherStakers, openCouncilStage, positionOf, stake } from "./council-stage.ts";

/** `GovernorCountingSimple.VoteType.For`. */
const FOR = 1;

/** Gas of every operation whose limit the specification sets, with `levels` others who have staked before. */
export async function growCouncil(levels: readonly number[]): Promise<GrowthGas> {
  const stage = await openCouncilStage();
  try {
    let [staked, at] = [0, stage.openedAt];
    return await measureLevels(levels, async (level) => {
      await gatherStakers(stage, `staker from ${staked} on`, level - staked, at);
      [staked, at] = [level, at + DAY];
      return stage.aside(() => measureCouncil(stage, at));
    });
  } finally {
    await stage.connection.close();
  }
}

/** The author stakes at second `at`, votes on a proposal of their own, takes the reward and leaves. */
async function measureCouncil(stage: CouncilStage, at: bigint): Promise<Record<string, bigint>> {
  const { cast, councilGovernor, councilStaking, councilToken, rewardsDistributor, send } = stage;
  await beginPeriod(stage, at);
  const staked = await stake(stage, "author", at + HOUR);
  const data = councilToken.interface.encodeFunctionData("burn", [0n]);
  const targets = [await councilToken.getAddress()];
  const governor = councilGovernor.connect(cast.author);
  const proposed = await send(at + 2n * HOUR, () => governor.propose(targets, [0n], [data], "Burn nothing"));
  const [created] = await councilGovernor.queryFilter(councilGovernor.filters.ProposalCreated());
  const proposalId = created?.args.proposalId ?? 0n;
  const voted = await send(at + 2n * DAY, () => governor.castVote(proposalId, FOR));
  const positionId = await positionOf(stage, "author");
  return {
    stake: staked,
    propose: proposed,
    "castVote on a proposal": voted,
    "poke of an account": await send(at + 3n * DAY, () => rewardsDistributor.poke(cast.author)),
    claim: await send(at + 3n * DAY + HOUR, () => rewardsDistributor.connect(cast.author).claim()),
    unstake: await send(at + 4n * DAY, () => councilStaking.connect(cast.author).unstake(positionId)),
  };
}
