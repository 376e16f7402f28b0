import { phaseOf } from "../../../../sdk/query/clock.ts";
import { Phase } from "../../../../sdk/query/state.ts";
import { Nothing } from "../../ui/states.tsx";
import { Address } from "../../ui/values.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import { JoinCard } from "./JoinCard.tsx";
import { OpenSealed } from "./OpenSealed.tsx";
import { answererProblem, partOf, roleOf } from "./parts.ts";
import { useRank } from "./useQueries.ts";
import type { QueryView } from "./view.ts";
import { Words } from "./Words.tsx";
import { WriteAnswer } from "./WriteAnswer.tsx";

/** The answers of a query, and what an answerer does. */
export function AnswerSection(view: QueryView) {
  const { state, record, now } = view;
  const { account } = useWallet();
  const phase = phaseOf(state.query, now);
  const part = partOf(state, account);
  return (
    <section aria-labelledby="answers-title">
      <h2 id="answers-title">Answers</h2>
      {phase === Phase.Answering && part === undefined && roleOf(state, account) === undefined && <Join {...view} />}
      {phase === Phase.Answering && part?.role === "answerer" && !part.isSealed && (
        <WriteAnswer key={account} state={state} />
      )}
      <OpenSealed kind="answer" {...view} />
      <Answers state={state} record={record} now={now} />
    </section>
  );
}

function Join({ state, now }: QueryView) {
  const { account } = useWallet();
  const rank = useRank();
  return (
    <JoinCard as="answerer" state={state} problem={answererProblem(state, account, rank, now)}>
      <h3>Answer it</h3>
      <p>
        You submit your answer sealed, and open it when the time for answers is over. Judges then rank all answers. A
        good one gets its stake back and a share of what the asker paid, by its strength; one that is not good, or not
        opened, loses its stake.
      </p>
    </JoinCard>
  );
}

function Answers({ state, record, now }: QueryView) {
  const opened = state.answers
    .filter(({ isOpened }) => isOpened)
    .toSorted((one, other) => Number(one.index - other.index));
  if (opened.length === 0) {
    const isOver = phaseOf(state.query, now) > Phase.Opening;
    return <Nothing>{isOver ? "No answer was opened." : "No answer is open yet: until then they are sealed."}</Nothing>;
  }
  return (
    <ol className="answers">
      {opened.map(({ answerer, index }) => (
        <li key={answerer} className="card">
          <h3>
            Answer {String(index + 1n)} <span className="hint">by</span> <Address of={answerer} />
          </h3>
          <p>
            <Words of={record?.answerContents[Number(index)]} what="answer" />
          </p>
        </li>
      ))}
    </ol>
  );
}
