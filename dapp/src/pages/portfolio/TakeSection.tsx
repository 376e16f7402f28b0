import { usePlace } from "../../chain/NetworkContext.tsx";
import { argumentContract } from "../../contracts/argument.ts";
import { ACT, amountText } from "../../format/amounts.ts";
import { ActionButton } from "../../ui/ActionButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Nothing, Shown } from "../../ui/states.tsx";
import { Amount } from "../../ui/values.tsx";
import "../council/council.css";
import { ClaimReward } from "../council/rewards/ClaimReward.tsx";
import { useMyRewards, useRewardStream } from "../council/rewards/useRewards.ts";
import { SessionCredit } from "../council/sessions/SessionCredit.tsx";
import { useAgent } from "../council/sessions/useSessions.ts";
import { useCouncilAccount } from "../council/useStaking.ts";
import { Credit } from "../queries/Credit.tsx";
import { useCredits } from "./usePortfolio.ts";

/** What was earned or credited, and can be taken. */
export function TakeSection({ account }: { readonly account: string }) {
  const credits = useCredits(account);
  const rewards = useMyRewards().data;
  const sessions = useAgent().data?.credited ?? 0n;
  return (
    <section className="council" aria-labelledby="take-title">
      <h2 id="take-title">What you can take</h2>
      <Shown what="what is credited to you" from={credits}>
        {(known) => {
          const reward = rewards?.claimable ?? 0n;
          const isEmpty = known.arguments + known.queries + reward + sessions === 0n;
          if (isEmpty)
            return <Nothing>Nothing is credited to you. Rewards of positions are with the positions.</Nothing>;
          return (
            <div className="columns">
              {reward > 0n && <Reward />}
              {sessions > 0n && <SessionCredit credited={sessions} />}
              {known.arguments > 0n && <ArgumentCredit credited={known.arguments} />}
              {known.queries > 0n && <Credit />}
            </div>
          );
        }}
      </Shown>
    </section>
  );
}

function Reward() {
  const mine = useMyRewards().data;
  const stream = useRewardStream().data;
  const staked = useCouncilAccount().data?.staked;
  if (mine === undefined || stream === undefined || staked === undefined) return null;
  return (
    <section className="card" aria-label="Council rewards">
      <h3>Council rewards</h3>
      <Facts of={[["Claimable now", <Amount key="claimable" units={mine.claimable} of={ACT} />]]} />
      <ClaimReward mine={mine} stream={stream} staked={staked} />
    </section>
  );
}

function ArgumentCredit({ credited }: { readonly credited: bigint }) {
  const contract = argumentContract(usePlace().reader);
  return (
    <section className="card" aria-label="Credit of arguments">
      <h3>Arguments</h3>
      <Facts of={[["Credited to you", <Amount key="credit" units={credited} of={ACT} />]]} />
      <ActionButton
        label="Withdraw from arguments"
        action={() => ({
          title: `Withdraw ${amountText(credited, ACT)} from arguments`,
          unit: ACT,
          call: () => contract.withdraw.populateTransaction(),
        })}
      />
    </section>
  );
}
