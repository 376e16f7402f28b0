import { useHead } from "../../../chain/read.ts";
import { Nothing, Shown } from "../../../ui/states.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { useCouncilAccount } from "../useStaking.ts";
import { FundRewards } from "./FundRewards.tsx";
import { MyReward } from "./MyReward.tsx";
import { PeriodCard } from "./PeriodCard.tsx";
import { useMyRewards, useRewardStream } from "./useRewards.ts";

/** Rewards: the period that streams, one's own, and where they come from. */
export function RewardsTab() {
  const stream = useRewardStream();
  const now = useHead().data?.timestamp;
  return (
    <Shown what="the rewards" from={stream}>
      {(known) => (
        <>
          <div className="columns">
            {now !== undefined && <PeriodCard stream={known} now={now} />}
            <FundRewards />
          </div>
          <section aria-labelledby="my-rewards-title">
            <h2 id="my-rewards-title">Your rewards</h2>
            <Mine now={now} />
          </section>
        </>
      )}
    </Shown>
  );
}

function Mine({ now }: { readonly now: bigint | undefined }) {
  const { account } = useWallet();
  const stream = useRewardStream().data;
  const rewards = useMyRewards();
  const stake = useCouncilAccount();
  if (account === undefined) {
    return <Nothing>Connect a wallet to see what you can claim, your share of the stream, and your boosters.</Nothing>;
  }
  return (
    <Shown what="your rewards" from={rewards}>
      {(mine) => (
        <Shown what="your stake" from={stake}>
          {(known) =>
            stream !== undefined &&
            now !== undefined && <MyReward mine={mine} stake={known} stream={stream} now={now} />
          }
        </Shown>
      )}
    </Shown>
  );
}
