import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import type { StakingParams } from "../../../../../sdk/council/rules.ts";
import { powerDown } from "../../../../../sdk/council/tiers.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Shown } from "../../../ui/states.tsx";
import { Amount } from "../../../ui/values.tsx";
import { stakeProblem } from "../stake/staking.ts";
import { TierChoice } from "../TierChoice.tsx";
import { lockText, VOTES } from "../units.ts";
import { usePauseProblem, useStakingRules } from "../useStaking.ts";
import { claimProblem } from "./rewards.ts";
import type { MyRewards, RewardStream } from "./useRewards.ts";

/** Where a reward is taken, or staked. */
export function ClaimReward({
  mine,
  stream,
  staked,
}: {
  readonly mine: MyRewards;
  readonly stream: RewardStream;
  readonly staked: bigint;
}) {
  const { rewardsDistributor } = councilContracts(usePlace().reader);
  const rules = useStakingRules();
  const { claimable, power } = mine;
  const problem = claimProblem({ claimable, power, minClaim: stream.params.minClaim });
  return (
    <>
      <ActionButton
        label="Claim"
        problem={problem}
        action={() => ({
          title: `Claim ${amountText(claimable, ACT)} of rewards`,
          unit: ACT,
          call: () => rewardsDistributor.claim.populateTransaction(),
        })}
      />
      <Collapsible.Root>
        <Collapsible.Trigger className="quiet">Stake it instead</Collapsible.Trigger>
        <Collapsible.Panel>
          <Shown what="the rules of staking" from={rules}>
            {(known) => <Compound rules={known} claimable={claimable} staked={staked} problem={problem} />}
          </Shown>
        </Collapsible.Panel>
      </Collapsible.Root>
    </>
  );
}

function Compound({
  rules,
  claimable,
  staked,
  problem,
}: {
  readonly rules: StakingParams;
  readonly claimable: bigint;
  readonly staked: bigint;
  readonly problem: string | undefined;
}) {
  const { rewardsDistributor } = councilContracts(usePlace().reader);
  const [lockDays, setLockDays] = useState(rules.tiers[2].lockDays);
  const paused = usePauseProblem("councilStaking");
  return (
    <>
      <TierChoice label="Lock of the new position" tiers={rules.tiers} lockDays={lockDays} onLockDays={setLockDays} />
      <Facts
        label="What staking the reward comes to"
        of={[
          ["Staked", <Amount key="staked" units={claimable} of={ACT} />],
          ["Voting power", <Amount key="power" units={powerDown(claimable, lockDays, rules.tiers)} of={VOTES} />],
        ]}
      />
      <ActionButton
        label="Stake the reward"
        problem={paused ?? problem ?? stakeProblem(claimable, { rules, staked, balance: undefined })}
        action={() => ({
          title: `Stake ${amountText(claimable, ACT)} of rewards, ${lockText(lockDays)}`,
          unit: ACT,
          call: () => rewardsDistributor.compound.populateTransaction(lockDays),
        })}
      />
    </>
  );
}
