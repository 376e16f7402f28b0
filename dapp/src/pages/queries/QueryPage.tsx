import { Link, useParams } from "wouter";
import { phaseOf } from "../../../../sdk/query/clock.ts";
import { Phase } from "../../../../sdk/query/state.ts";
import { useHead } from "../../chain/read.ts";
import { Backup } from "../../keepsakes/Backup.tsx";
import { Loading, Nothing, Shown, Trouble } from "../../ui/states.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import { AnswerSection } from "./AnswerSection.tsx";
import { Credit } from "./Credit.tsx";
import { DutyNote } from "./DutyNote.tsx";
import { JudgeSection } from "./JudgeSection.tsx";
import { PhaseLine } from "./PhaseLine.tsx";
import { dutyOf, partOf } from "./parts.ts";
import { QueryFacts } from "./QueryFacts.tsx";
import "./queries.css";
import { gotBy } from "./records.ts";
import { SettlementSection } from "./SettlementSection.tsx";
import { Timeline } from "./Timeline.tsx";
import { useQueryRecords, useQueryState } from "./useQueries.ts";
import type { QueryView } from "./view.ts";
import { Words } from "./Words.tsx";

/** A query: what is asked, where it is, and everything that can be done about it. */
export default function QueryPage() {
  const { queryId = "" } = useParams<{ queryId: string }>();
  return (
    <div className="queries">
      <p className="back">
        <Link href="/queries">All queries</Link>
      </p>
      {/^[1-9]\d{0,17}$/.test(queryId) ? <Known key={queryId} queryId={BigInt(queryId)} /> : <Unknown />}
    </div>
  );
}

function Unknown() {
  return (
    <>
      <h1>No such query</h1>
      <Nothing>Nobody has asked a query with this number. Look for it in the list.</Nothing>
    </>
  );
}

function Known({ queryId }: { readonly queryId: bigint }) {
  const state = useQueryState(queryId);
  const now = useHead().data?.timestamp;
  const { records, history } = useQueryRecords();
  if (state.data === null) return <Unknown />;
  return (
    <>
      <h1>Query {String(queryId)}</h1>
      {history.error !== null && <Trouble what="the words of the query" error={history.error} />}
      <Shown what="the query" from={state}>
        {(found) =>
          found === null || now === undefined ? (
            <Loading what="the query" />
          ) : (
            <Whole state={found} record={records.find((record) => record.queryId === queryId)} now={now} />
          )
        }
      </Shown>
    </>
  );
}

function Whole(view: QueryView) {
  const { state, record, now } = view;
  const { account } = useWallet();
  const phase = phaseOf(state.query, now);
  const isOpening = phase === Phase.Opening || phase === Phase.Revealing;
  const duty = dutyOf(state, account, now);
  return (
    <>
      <p className="question">
        <Words of={record?.question} what="question" />
      </p>
      <PhaseLine query={state.query} now={now} />
      {duty !== undefined && <DutyNote duty={duty} got={gotBy(record, account)} />}
      <Credit />
      <Timeline {...view} />
      {phase >= Phase.Settleable && <SettlementSection {...view} />}
      {phase === Phase.Revealing ? (
        <>
          <JudgeSection {...view} />
          <AnswerSection {...view} />
        </>
      ) : (
        <>
          <AnswerSection {...view} />
          <JudgeSection {...view} />
        </>
      )}
      {phase < Phase.Settleable && (isOpening || partOf(state, account)?.isOpened === false) && <Secrets />}
      <QueryFacts state={state} />
    </>
  );
}

function Secrets() {
  return (
    <section aria-labelledby="secrets-title">
      <h2 id="secrets-title">Your secrets</h2>
      <Backup />
    </section>
  );
}
