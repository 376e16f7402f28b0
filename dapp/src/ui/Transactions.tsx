import type { End } from "../actions/action.ts";
import { useTransactions } from "../actions/Transactions.tsx";
import { TransactionHash } from "./values.tsx";

const WORDS: Record<End | "pending", string> = {
  pending: "Waiting for a block",
  confirmed: "Confirmed",
  failed: "Failed",
  replaced: "Replaced in the wallet",
};

/** What this browser has sent: under way, or among the last that have ended. */
export function TransactionList() {
  const { transactions, dismiss } = useTransactions();
  return (
    <section className="transactions" aria-label="Transactions" aria-live="polite">
      {transactions.map(({ hash, title, end }) => (
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
