import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText } from "../../../format/amounts.ts";
import { spanText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, When } from "../../../ui/values.tsx";
import { ShareBar } from "../ShareBar.tsx";
import { shareWad } from "../units.ts";
import { startProblem } from "./rewards.ts";
import type { RewardStream } from "./useRewards.ts";

/** The period that streams, or streamed last, and the next one. */
export function PeriodCard({ stream, now }: { readonly stream: RewardStream; readonly now: bigint }) {
  const { rewardsDistributor } = councilContracts(usePlace().reader);
  const { period, amount, startedAt, endsAt, streamed, nextAmount, params } = stream;
  return (
    <section className="card" aria-labelledby="period-title">
      <h2 id="period-title">{period === 0n ? "No period yet" : `Period ${period}`}</h2>
      {period === 0n ? (
        <p>Rewards stream over periods of {spanText(params.period)}. Anyone begins the first one.</p>
      ) : (
        <>
          <ShareBar label="Streamed" wad={shareWad(streamed, amount)} />
          <Facts
            label="The period"
            of={[
              ["Streams", <Amount key="amount" units={amount} of={ACT} />],
              ["Streamed until now", <Amount key="streamed" units={streamed} of={ACT} />],
              ["Began", <When key="began" at={startedAt} />],
              [now < endsAt ? "Ends" : "Ended", <When key="ends" at={endsAt} />],
            ]}
          />
        </>
      )}
      <Facts
        label="The next period"
        of={[["There is for the next period", <Amount key="next" units={nextAmount} of={ACT} />]]}
      />
      {now >= endsAt && (
        <ActionButton
          label="Start the next period"
          problem={startProblem(endsAt, nextAmount, now)}
          action={() => ({
            title: `Start a period of ${amountText(nextAmount, ACT)}`,
            unit: ACT,
            call: () => rewardsDistributor.startPeriod.populateTransaction(),
          })}
        />
      )}
    </section>
  );
}
