import type { ReactNode } from "react";
import type { PositionRecord } from "../../../../../sdk/market/history.ts";
import type { MarketParams } from "../../../../../sdk/market/params.ts";
import { quoteEarlyExit } from "../../../../../sdk/market/quote.ts";
import type { BeliefMarket } from "../../../../../typechain-types/index.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import type { ClaimState } from "../../../claims/useClaimState.ts";
import { amountText, type Unit } from "../../../format/amounts.ts";
import { spanText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Shown } from "../../../ui/states.tsx";
import { Amount, When } from "../../../ui/values.tsx";
import { ExitDialog } from "./ExitDialog.tsx";
import { datesOf, secondsLeft } from "./positions.ts";
import { useMarketContract } from "./useMarket.ts";
import { SIDE_CLASSES, SIDE_NAMES } from "./words.ts";

interface CardProps {
  readonly market: string;
  readonly position: PositionRecord;
  readonly state: ClaimState;
  readonly rules: MarketParams;
  readonly now: bigint;
}

/** An open position of the connected account: what it would pay now, and all that can be done with it. */
export function PositionCard({ market, position, state, rules, now }: CardProps) {
  const contract = useMarketContract(market);
  const { positionId, side } = position;
  const earned = useRead(["position", market, positionId], async () => {
    const [pending, { rewardAllowance }] = await Promise.all([
      contract.pendingRewards(positionId),
      contract.position(positionId),
    ]);
    return { pending, rewardAllowance };
  });
  return (
    <article>
      <h3 className={SIDE_CLASSES[side]}>
        {SIDE_NAMES[side]}, position {String(positionId)}
      </h3>
      <Shown what="what it has earned" from={earned}>
        {({ pending, rewardAllowance }) => (
          <>
            <PositionFacts {...{ position, state, rules, now, pending, rewardAllowance }} />
            <Leaving {...{ contract, position, state, rules, now, pending }} />
          </>
        )}
      </Shown>
    </article>
  );
}

function PositionFacts({
  position,
  state,
  rules,
  now,
  pending,
  rewardAllowance,
}: Omit<CardProps, "market"> & { readonly pending: bigint; readonly rewardAllowance: bigint }) {
  const { asset } = usePlace().network;
  const { positionId, principal, depositedAt, rewards } = position;
  const { unlocksAt } = datesOf(position, rules);
  const facts: (readonly [string, ReactNode])[] = [
    ["Principal", <Amount key="principal" units={principal} of={asset} />],
    ["Rewards now", <Amount key="pending" units={pending} of={asset} />],
    paysNow({ position, state, rules, now, pending }, asset),
    ["Committed", <When key="since" at={depositedAt} />],
    [unlocksAt <= now ? "Unlocked" : "Unlocks", <When key="unlocks" at={unlocksAt} />],
    ["Rewards taken so far", <Amount key="taken" units={rewards} of={asset} />],
    ["Can still earn", <Amount key="cap" units={rewardAllowance - pending} of={asset} />],
  ];
  return <Facts label={`Position ${positionId}`} of={facts} />;
}

/** What the owner would have if they left at this moment. */
function paysNow(
  { position, state, rules, now, pending }: Omit<CardProps, "market"> & { readonly pending: bigint },
  asset: Unit,
): readonly [string, ReactNode] {
  const { principal } = position;
  if (datesOf(position, rules).unlocksAt <= now) {
    return ["Withdrawing pays", <Amount key="now" units={principal + pending} of={asset} />];
  }
  if (rules.earlyExitPenaltyBps === 0n) return ["Leaving early", "not possible"];
  const { returned } = quoteEarlyExit({ params: rules, state, principal });
  return ["Leaving early pays", <Amount key="now" units={returned} of={asset} />];
}

interface LeavingProps extends Omit<CardProps, "market"> {
  readonly contract: BeliefMarket;
  readonly pending: bigint;
}

function Leaving(props: LeavingProps) {
  const { contract, position, state, rules, now, pending } = props;
  const isLocked = secondsLeft(datesOf(position, rules).unlocksAt, now) > 0n;
  const quote = quoteEarlyExit({ params: rules, state, principal: position.principal });
  return (
    <>
      <ClaimRewards {...props} />
      <Withdraw {...props} />
      {isLocked && rules.earlyExitPenaltyBps > 0n && (
        <ExitDialog contract={contract} position={position} pending={pending} quote={quote} />
      )}
    </>
  );
}

function ClaimRewards({ contract, position, rules, now, pending }: LeavingProps) {
  const { asset } = usePlace().network;
  const waiting = secondsLeft(datesOf(position, rules).claimableAt, now);
  const action = (): Action => ({
    title: `Claim ${amountText(pending, asset)} of rewards`,
    unit: asset,
    call: () => contract.claimRewards.populateTransaction(position.positionId),
  });
  const problem =
    waiting > 0n
      ? `Rewards can be claimed in ${spanText(waiting)}.`
      : pending === 0n
        ? "There is nothing to claim now."
        : undefined;
  return <ActionButton label="Claim rewards" look="quiet" action={action} problem={problem} />;
}

function Withdraw({ contract, position: { positionId, principal, depositedAt }, rules, now, pending }: LeavingProps) {
  const { asset } = usePlace().network;
  const locked = secondsLeft(datesOf({ depositedAt }, rules).unlocksAt, now);
  const action = (): Action => ({
    title: `Withdraw ${amountText(principal + pending, asset)}`,
    unit: asset,
    call: () => contract.withdraw.populateTransaction(positionId),
  });
  const problem = locked > 0n ? `The principal is locked for ${spanText(locked)} more.` : undefined;
  return (
    <ActionButton label="Withdraw" {...(locked > 0n ? { look: "quiet" } : {})} action={action} problem={problem} />
  );
}
