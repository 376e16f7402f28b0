import { useState } from "react";
import { Link } from "wouter";
import { useHead } from "../../chain/read.ts";
import type { History } from "../../events/useEvents.ts";
import { counted } from "../../format/numbers.ts";
import { Loading, Nothing, Trouble } from "../../ui/states.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import { AskQuery } from "./AskQuery.tsx";
import { Credit } from "./Credit.tsx";
import { DutyNote } from "./DutyNote.tsx";
import { FILTERS, type Filter, isListed, urgentOf } from "./listing.ts";
import { dutyOf } from "./parts.ts";
import { QueryCard } from "./QueryCard.tsx";
import "./queries.css";
import type { QueryRecord } from "./records.ts";
import { useQueryRecords, useRank } from "./useQueries.ts";
import { WordsInLink } from "./Words.tsx";

/** How many queries are shown at first, and how many more at a time. */
const PAGE = 12;

/** Every query: to be chosen from, and asked. */
export default function QueriesPage() {
  const { records, history } = useQueryRecords();
  const now = useHead().data?.timestamp;
  return (
    <div className="queries">
      <h1>Queries</h1>
      <p>
        Ask, and pay for answers and for judges who rank them. Answer or judge, and stake on doing it well: good work
        gets its stake back and a share, and what is not delivered pays for what is.
      </p>
      <Credit />
      {now !== undefined && <Urgent records={records} now={now} />}
      <AskQuery />
      {history.error !== null && <Trouble what="the queries" error={history.error} />}
      {now === undefined ? <Loading what="the queries" /> : <Listed records={records} history={history} now={now} />}
    </div>
  );
}

function Urgent({ records, now }: { readonly records: readonly QueryRecord[]; readonly now: bigint }) {
  const { account } = useWallet();
  const urgent = urgentOf(records, account, now);
  if (urgent.length === 0) return null;
  return (
    <section aria-labelledby="urgent-title">
      <h2 id="urgent-title">What you must do now</h2>
      <ul className="plain">
        {urgent.map((record) => {
          const duty = dutyOf(record, account, now);
          return (
            <li key={String(record.queryId)}>
              <Link className="query-title" href={`/queries/${record.queryId}`}>
                <WordsInLink of={record.question} otherwise={`Query ${record.queryId}`} />
              </Link>
              {duty !== undefined && <DutyNote duty={duty} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Listed({
  records,
  history,
  now,
}: {
  readonly records: readonly QueryRecord[];
  readonly history: History;
  readonly now: bigint;
}) {
  const { account } = useWallet();
  const rank = useRank();
  const [filter, setFilter] = useState<Filter>("all");
  const found = records.filter((record) => isListed(record, filter, { account, rank, now }));
  return (
    <section aria-labelledby="list-title">
      <h2 id="list-title">All that were asked</h2>
      <label className="field narrow">
        <span>Show</span>
        <select value={filter} onChange={(event) => setFilter(event.currentTarget.value as Filter)}>
          {Object.entries(FILTERS).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {filter === "mine" && account === undefined ? (
        <Nothing>Connect a wallet to see the queries that you take part in.</Nothing>
      ) : (
        <QueryList key={filter} found={found} isAny={records.length > 0} isComplete={history.isComplete} now={now} />
      )}
    </section>
  );
}

function QueryList({
  found,
  isAny,
  isComplete,
  now,
}: {
  readonly found: readonly QueryRecord[];
  readonly isAny: boolean;
  readonly isComplete: boolean;
  readonly now: bigint;
}) {
  const [most, setMost] = useState(PAGE);
  if (found.length === 0 && !isComplete) return <Loading what="the queries" />;
  if (found.length === 0) {
    return <Nothing>{isAny ? "There is no such query at the moment." : "Nobody has asked yet: ask first."}</Nothing>;
  }
  return (
    <>
      <p role="status" className="hint">
        {counted(found.length, "query", "queries")}
        {isComplete ? "" : " so far"}
      </p>
      <ul className="cards">
        {found.slice(0, most).map((record) => (
          <li key={String(record.queryId)} className="card">
            <QueryCard record={record} now={now} />
          </li>
        ))}
      </ul>
      {found.length > most && (
        <button type="button" className="quiet" onClick={() => setMost(most + PAGE)}>
          Show more
        </button>
      )}
    </>
  );
}
