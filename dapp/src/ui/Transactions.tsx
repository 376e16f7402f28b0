import type { End } from "../actions/action.ts";
import { type Tracked, useTransactions } from "../actions/Transactions.tsx";
import { TransactionHash } from "./values.tsx";

const WORDS: Record<End | "pending", string> = {
  pending: "Waiting for a block",
  confirmed: "Confirmed",
  failed: "Failed",
  replaced: "Replaced in the wallet",
};

/** What this browser has sent: under way, or ended and not yet put away. */
export function TransactionList() {
  const { transactions, dismiss } = useTransactions();
  return (
    <section className="transactions" aria-label="Transactions" aria-live="polite">
      {shownOf(transactions).map(({ hash, title, end }) => (
        <div key={hash} className={`transaction ${end ?? "pending"}`}>
          <p>
            <strong>{title}</strong>
            <br />
            {WORDS[end ?? "pending"]}: <TransactionHash of={hash} />
          </p>
          <button type="button" className="quiet" aria-label={`Put away: ${title}`} onClick={() => dismiss(hash)}>
            ×
          </button>
        </div>
      ))}
    </section>
  );
}

/** Of those that have ended, how many are shown. */
const ENDED_SHOWN = 2;

/** All that are under way, and the last that have ended: they are not to cover the page. */
function shownOf(transactions: readonly Tracked[]): readonly Tracked[] {
  const ended = transactions.filter(({ end }) => end !== undefined).slice(-ENDED_SHOWN);
  return transactions.filter((tracked) => tracked.end === undefined || ended.includes(tracked));
}
