import type { ReactNode } from "react";
import { boostersAt } from "../../../../../sdk/council/boosters.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT } from "../../../format/amounts.ts";
import { bpsPercent } from "../../../format/numbers.ts";
import { spanText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import type { RewardsKnown } from "./MyReward.tsx";
import type { MyRewards } from "./useRewards.ts";

/** What raises an account's weight: which it has, and how it gets the others. */
export function Boosters(known: RewardsKnown) {
  const { mine } = known;
  return (
    <div className="card">
      <h3>Boosters</h3>
      <ul className="boosters">
        {rowsOf(known).map(({ name, bps, isCounted, why, ends }) => (
          <li key={name}>
            <strong>
              {name}: {bpsPercent(bps)} more
            </strong>
            <span className="hint">{why}.</span>
            <span>{isCounted ? <>You have it; it ends {ends}.</> : "You do not have it."}</span>
          </li>
        ))}
      </ul>
      {mine.boosterBps !== mine.currentBoosterBps && <Touch mine={mine} />}
    </div>
  );
}

interface Row {
  readonly name: string;
  readonly bps: bigint;
  readonly isCounted: boolean;
  readonly why: string;
  readonly ends: ReactNode;
}

function rowsOf({ mine, stake, stream: { params }, now }: RewardsKnown): readonly Row[] {
  const counts = boostersAt({ ...mine, isLongTerm: stake.isLongTerm }, params, now);
  const window = spanText(params.activityWindow);
  const lapse = (at: bigint) => <When at={at + params.activityWindow} />;
  return [
    {
      name: "Taking part",
      bps: params.participationBps,
      isCounted: counts.participation > 0n,
      why: `A vote in a session, an argument, an answer or a judgement in the last ${window}`,
      ends: lapse(mine.participatedAt),
    },
    {
      name: "Governance",
      bps: params.governanceBps,
      isCounted: counts.governance > 0n,
      why: `A vote on a proposal in the last ${window}`,
      ends: lapse(mine.votedAt),
    },
    {
      name: "Long term",
      bps: params.longTermBps,
      isCounted: counts.longTerm > 0n,
      why: "A position at the highest tier",
      ends: "with the position",
    },
  ];
}

/** Where boosters come to count, or lapsed ones stop. */
function Touch({ mine }: { readonly mine: MyRewards }) {
  const { account } = useWallet();
  const { rewardsDistributor } = councilContracts(usePlace().reader);
  return (
    <>
      <p className="hint">
        Your weight counts {bpsPercent(mine.boosterBps)} until you are touched: by a change of stake, a claim, or this.
      </p>
      <ActionButton
        label={`Count ${bpsPercent(mine.currentBoosterBps)} from now on`}
        look="quiet"
        action={() => ({
          title: `Count boosters of ${bpsPercent(mine.currentBoosterBps)}`,
          unit: ACT,
          call: () => rewardsDistributor.poke.populateTransaction(account ?? ""),
        })}
      />
    </>
  );
}
