import { Loading, Nothing, Trouble } from "../../ui/states.tsx";
import { roleOf } from "../queries/parts.ts";
import { QueryCard } from "../queries/QueryCard.tsx";
import { useQueryRecords } from "../queries/useQueries.ts";

/** The queries that an account asked, answers or judges. */
export function QuerySection({ account, now }: { readonly account: string; readonly now: bigint }) {
  const { records, history } = useQueryRecords();
  const mine = records.filter((record) => roleOf(record, account) !== undefined);
  return (
    <section className="queries" aria-labelledby="queries-title">
      <h2 id="queries-title">Queries</h2>
      {history.error !== null && <Trouble what="your queries" error={history.error} />}
      {mine.length === 0 && !history.isComplete && <Loading what="your queries" />}
      {mine.length === 0 && history.isComplete && (
        <Nothing>You have neither asked, nor answered, nor judged a query.</Nothing>
      )}
      {mine.length > 0 && (
        <ul className="cards">
          {mine.map((record) => (
            <li key={record.queryId} className="card">
              <QueryCard record={record} now={now} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
