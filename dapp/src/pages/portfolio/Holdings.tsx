import { usePlace } from "../../chain/NetworkContext.tsx";
import { useClaims } from "../../claims/useClaims.ts";
import { Backup } from "../../keepsakes/Backup.tsx";
import { dutyOf } from "../queries/parts.ts";
import { useQueryRecords } from "../queries/useQueries.ts";
import { ArgumentSection } from "./ArgumentSection.tsx";
import { BeliefSection } from "./BeliefSection.tsx";
import { CouncilSection } from "./CouncilSection.tsx";
import { NeedList } from "./NeedList.tsx";
import { argumentNeeds, type Need, queryNeeds, voiceNeeds } from "./needs.ts";
import { QuerySection } from "./QuerySection.tsx";
import { TakeSection } from "./TakeSection.tsx";
import { TradeSection } from "./TradeSection.tsx";
import { useCouncilNeeds } from "./useCouncilNeeds.ts";
import { useCredits, useMyArguments, useVoices } from "./usePortfolio.ts";
import { useReports } from "./useReports.ts";

/** All that is an account's, and what has to be done about it. */
export function Holdings({ account, now }: { readonly account: string; readonly now: bigint }) {
  const reports = useReports();
  const { needs, isComplete } = useNeeds(account, now);
  const { claims, history } = useClaims();
  const isAllKnown = isComplete && history.isComplete && claims.every(({ market }) => reports.all[market]?.isComplete);
  const beliefs = Object.values(reports.all).flatMap((report) => report?.needs ?? []);
  return (
    <>
      <NeedList needs={[...needs, ...beliefs]} now={now} isComplete={isAllKnown} />
      <TakeSection account={account} />
      <BeliefSection account={account} now={now} reports={reports} />
      <TradeSection account={account} />
      <ArgumentSection account={account} now={now} />
      <QuerySection account={account} now={now} />
      <CouncilSection />
      <section aria-labelledby="seals-title">
        <h2 id="seals-title">Seals</h2>
        <Backup />
      </section>
    </>
  );
}

/** The needs of all mechanisms but belief markets, which are read market by market. */
function useNeeds(account: string, now: bigint): { readonly needs: readonly Need[]; readonly isComplete: boolean } {
  const { asset } = usePlace().network;
  const voices = useVoices(account);
  const mine = useMyArguments(account);
  const queries = useQueryRecords();
  const credits = useCredits(account).data ?? { arguments: 0n, queries: 0n };
  const council = useCouncilNeeds(account);
  const duties = queries.records.flatMap((record) => {
    const duty = dutyOf(record, account, now);
    return duty === undefined ? [] : [{ queryId: record.queryId, ...duty }];
  });
  return {
    needs: [
      ...voiceNeeds(voices.data, asset),
      ...queryNeeds(duties, credits.queries, asset),
      ...argumentNeeds(mine.data.stakes, credits.arguments),
      ...council,
    ],
    isComplete: [voices, mine, queries].every(({ history }) => history.isComplete),
  };
}
