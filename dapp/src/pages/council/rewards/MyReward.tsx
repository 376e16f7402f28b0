import { projectedRewardDown } from "../../../../../sdk/council/stream.ts";
import { ACT } from "../../../format/amounts.ts";
import { bpsPercent } from "../../../format/numbers.ts";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, Percent } from "../../../ui/values.tsx";
import { shareWad, VOTES } from "../units.ts";
import type { CouncilAccount } from "../useStaking.ts";
import { Boosters } from "./Boosters.tsx";
import { ClaimReward } from "./ClaimReward.tsx";
import type { MyRewards, RewardStream } from "./useRewards.ts";

/** What is known of the rewards of the connected account. */
export interface RewardsKnown {
  readonly mine: MyRewards;
  readonly stake: CouncilAccount;
  readonly stream: RewardStream;
  readonly now: bigint;
}

/** What somebody earns, why, and where they take it. */
export function MyReward({ mine, stake, stream, now }: RewardsKnown) {
  const { weight, boosterBps, claimable } = mine;
  const { totalWeight, endsAt } = stream;
  const ahead = projectedRewardDown(stream, { weight, totalWeight }, { from: now, to: endsAt });
  return (
    <div className="columns">
      <div className="card">
        <h3>What you earn</h3>
        <Facts
          label="Your rewards"
          of={[
            ["Claimable now", <Amount key="claimable" units={claimable} of={ACT} />],
            ["Until the period ends, if nobody moves", <Amount key="ahead" units={ahead} of={ACT} />],
            ["Your voting power", <Amount key="power" units={mine.power} of={VOTES} />],
            ["Boosters that count", bpsPercent(boosterBps)],
            ["Your weight", <Amount key="weight" units={weight} of={VOTES} />],
            ["Your share of the stream", <Percent key="share" wad={shareWad(weight, totalWeight)} />],
          ]}
        />
        <ClaimReward mine={mine} stream={stream} staked={stake.staked} />
      </div>
      <Boosters mine={mine} stake={stake} stream={stream} now={now} />
    </div>
  );
}
