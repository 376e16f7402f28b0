import { Link } from "wouter";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Amount, When } from "../../ui/values.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import { DutyNote } from "./DutyNote.tsx";
import { PhaseLine } from "./PhaseLine.tsx";
import { dutyOf } from "./parts.ts";
import "./queries.css";
import { gotBy, type QueryRecord } from "./records.ts";
import { WordsInLink } from "./Words.tsx";

/** A query in the list. */
export function QueryCard({ record, now }: { readonly record: QueryRecord; readonly now: bigint }) {
  const { asset } = usePlace().network;
  const { account } = useWallet();
  const { queryId, query, question, askedAt } = record;
  const duty = dutyOf(record, account, now);
  return (
    <article className="queries">
      <h3 className="query-title">
        <Link href={`/queries/${queryId}`}>
          <WordsInLink of={question} otherwise={`Query ${queryId}`} />
        </Link>
      </h3>
      <PhaseLine query={query} now={now} />
      {duty !== undefined && <DutyNote duty={duty} isQuiet got={gotBy(record, account)} />}
      <Facts
        of={[
          ["Answers", `${query.answerers} of ${query.maxAnswers} joined, ${query.openedAnswers} opened`],
          ["Judges", `${query.judges} joined, ${query.openedVotes} opened`],
          ["Answerers need", `rank ${query.minRank}`],
          ["The asker paid", <Amount key="paid" units={query.submitStake} of={asset} paid />],
          ["Asked", <When key="asked" at={askedAt} />],
        ]}
      />
    </article>
  );
}
