import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { quoteStakeLimit } from "../../../../../sdk/argument/limit.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead } from "../../../chain/read.ts";
import { argumentContract } from "../../../contracts/argument.ts";
import { ACT, amountText, paidText } from "../../../format/amounts.ts";
import { bpsPercent, counted, countText } from "../../../format/numbers.ts";
import { spanText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Nothing, Shown } from "../../../ui/states.tsx";
import { Amount, When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import type { Account, Rules } from "./rules.ts";

/** Where the connected account stands in all arguments, and what it can withdraw. */
export function MyAccount({ account, rules }: { readonly account: UseQueryResult<Account>; readonly rules: Rules }) {
  const { account: user } = useWallet();
  return (
    <section aria-labelledby="arguments-account">
      <h2 id="arguments-account">You in arguments</h2>
      {user === undefined ? (
        <Nothing>Connect a wallet to see your stakes, your credit, and whether you can write.</Nothing>
      ) : (
        <Shown what="your account" from={account}>
          {(known) => (
            <div className="card">
              <Facts label="Where you stand" of={standing(known, rules)} />
              <JailNote account={known} rules={rules} />
              <Withdraw credited={known.credited} />
            </div>
          )}
        </Shown>
      )}
    </section>
  );
}

function standing(account: Account, { params }: Rules): (readonly [string, ReactNode])[] {
  const { stakedBps } = quoteStakeLimit(account.limit, params);
  return [
    ["Credited to you", <Amount key="credited" units={account.credited} of={ACT} />],
    ["Your running stakes", <Amount key="running" units={account.runningStake} of={ACT} />],
    [`Staked in ${spanText(params.stakeLimitWindow)}`, `${bpsPercent(stakedBps)} of what you have`],
    ["Nobody stakes more from", bpsPercent(params.stakeLimitBps)],
    ["Your arguments here", `${countText(account.written)} of ${countText(params.maxArgumentsPerClaim)}`],
    ["You may mark others", curationText(account, params.minCuratorStake)],
  ];
}

function curationText({ isSlasher, isCurator, runningStake }: Account, min: bigint): string {
  if (isSlasher) return "Yes, and your mark decides";
  if (isCurator) return "Yes, by your role";
  return runningStake >= min ? "Yes, by your stakes" : `With ${paidText(min, ACT)} staked`;
}

function JailNote({ account, rules }: { readonly account: Account; readonly rules: Rules }) {
  const now = useHead().data?.timestamp;
  const { jailedUntil, slashCount, upvotesSinceJailed } = account;
  if (now === undefined || slashCount === 0n) return null;
  const needed = rules.params.unjailUpvotes - upvotesSinceJailed;
  return (
    <p className="note">
      {now < jailedUntil ? (
        <>
          You are in jail: you can write again <When at={jailedUntil} />, or after{" "}
          {counted(needed < 1n ? 1n : needed, "upvote")} of your other arguments.
        </>
      ) : (
        <>
          {counted(slashCount, "argument")} of yours {slashCount === 1n ? "was" : "were"} found unhelpful: the next one
          would jail you for longer.
        </>
      )}
    </p>
  );
}

function Withdraw({ credited }: { readonly credited: bigint }) {
  const { reader } = usePlace();
  const action = (): Action => ({
    title: `Withdraw ${amountText(credited, ACT)} from arguments`,
    unit: ACT,
    call: () => argumentContract(reader).withdraw.populateTransaction(),
  });
  return (
    <ActionButton
      label={credited === 0n ? "Withdraw" : `Withdraw ${amountText(credited, ACT)}`}
      action={action}
      problem={credited === 0n ? "Nothing is credited to you yet: stakes are, when they have ended." : undefined}
    />
  );
}
