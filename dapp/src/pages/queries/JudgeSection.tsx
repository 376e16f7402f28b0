import { phaseOf } from "../../../../sdk/query/clock.ts";
import { Phase } from "../../../../sdk/query/state.ts";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { Nothing } from "../../ui/states.tsx";
import { Address } from "../../ui/values.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import { JoinCard } from "./JoinCard.tsx";
import { OpenSealed } from "./OpenSealed.tsx";
import { voteText } from "./ordering.ts";
import { judgeProblem, partOf, roleOf } from "./parts.ts";
import type { QueryState } from "./records.ts";
import { Vote } from "./Vote.tsx";
import type { QueryView } from "./view.ts";

/** The judges of a query, and what a judge does. */
export function JudgeSection(view: QueryView) {
  const { state, now } = view;
  const { account } = useWallet();
  const phase = phaseOf(state.query, now);
  const part = partOf(state, account);
  return (
    <section aria-labelledby="judges-title">
      <h2 id="judges-title">Judges</h2>
      {phase === Phase.Judging && roleOf(state, account) === undefined && <Join {...view} />}
      {phase === Phase.Judging && part?.role === "judge" && !part.isSealed && <Vote key={account} {...view} />}
      <OpenSealed kind="vote" {...view} />
      <Judges state={state} phase={phase} />
    </section>
  );
}

function Join({ state, now }: QueryView) {
  const { account } = useWallet();
  return (
    <JoinCard as="judge" state={state} problem={judgeProblem(state, account, now)}>
      <h3>Judge the answers</h3>
      <p>
        You rank all answers and say which are good, sealed, and open your vote when the time for judging is over. Votes
        weigh more with a higher rank. The closer half of the judges gets its stakes back and a share; who ranks unlike
        the others, or does not open a vote, loses the stake.
      </p>
    </JoinCard>
  );
}

const JUDGES: readonly Column<QueryState["judges"][number]>[] = [
  { head: "Judge", cell: ({ judge }) => <Address of={judge} /> },
  { head: "Rank", cell: ({ rank }) => String(rank) },
  {
    head: "Vote",
    cell: ({ isSealed, isOpened, ranking, goodAnswers }) =>
      isOpened ? voteText(ranking, goodAnswers) : isSealed ? "Sealed" : "Not submitted",
  },
];

function Judges({ state: { judges, query }, phase }: { readonly state: QueryState; readonly phase: Phase }) {
  if (judges.length === 0) {
    if (phase >= Phase.Settleable) {
      return (
        <Nothing>{query.openedAnswers < 2n ? "There was nothing to judge." : "Nobody joined as a judge."}</Nothing>
      );
    }
    return <Nothing>{phase < Phase.Judging ? "Judging begins when the answers are open." : "No judge yet."}</Nothing>;
  }
  return <DataTable label="Votes of the judges" columns={JUDGES} rows={judges} keyOf={({ judge }) => judge} />;
}
