import type { Action } from "../../actions/action.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { queryContracts } from "../../contracts/query.ts";
import { sealed } from "../../keepsakes/keepsake.ts";
import { useKeeping } from "../../keepsakes/useKeepsakes.ts";
import { ActionButton } from "../../ui/ActionButton.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import { goodOf, voteProblem } from "./ordering.ts";
import { RankingList } from "./RankingList.tsx";
import { useDraft } from "./useDraft.ts";
import { useSalt } from "./useSalt.ts";
import type { QueryView } from "./view.ts";
import { draftOf, textOfDraft, type VoteDraft } from "./vote-draft.ts";
import { Words } from "./Words.tsx";

/** Where a judge ranks the answers, says which are good, and submits the vote sealed. */
export function Vote({ state: { queryId, query }, record }: QueryView) {
  const { network } = usePlace();
  const { account = "" } = useWallet();
  const [text, setText] = useDraft(`credence.vote.${network.chainId}.${queryId}.${account}`);
  const { ranking, good } = draftOf(text, query.openedAnswers);
  const change = (changed: Partial<VoteDraft>) => setText(textOfDraft({ ranking, good, ...changed }));
  const submit = useSubmitVote(queryId);
  const problem = voteProblem(record?.answerContents.length, ranking.length, good);
  return (
    <form className="card" onSubmit={(event) => event.preventDefault()}>
      <h3>Your vote</h3>
      <p className="hint">
        Put the best answer first: drag the answers by their handles, or use the arrows. Then say how many of them are
        good. An answer is good in the end if judges with half of all weight call it good.
      </p>
      <RankingList ranking={ranking} onRanking={(changed) => change({ ranking: changed })} good={good}>
        {(index) => <Words of={record?.answerContents[index]} what="answer" />}
      </RankingList>
      <GoodField count={ranking.length} good={good} onGood={(changed) => change({ good: changed })} />
      <p className="hint">
        Only the seal goes to the chain now, and it cannot be replaced. The vote stays in this browser until you open
        it. Save a backup file too.
      </p>
      <ActionButton
        label="Seal and submit the vote"
        action={() => submit(ranking, good ?? 0)}
        problem={problem}
        onDone={() => setText("")}
      />
    </form>
  );
}

function GoodField({
  count,
  good,
  onGood,
}: {
  readonly count: number;
  readonly good: number | undefined;
  readonly onGood: (good: number | undefined) => void;
}) {
  return (
    <label className="field narrow">
      <span>Good answers</span>
      <select
        value={good ?? ""}
        onChange={({ currentTarget: { value } }) => onGood(value === "" ? undefined : Number(value))}
      >
        <option value="">Choose how many are good</option>
        {Array.from({ length: count + 1 }, (_, chosen) => chosen).map((chosen) => (
          <option key={chosen} value={chosen}>
            {chosen === 0 ? "None of them" : chosen === count ? `All ${count}` : `The first ${chosen}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function useSubmitVote(queryId: bigint): (ranking: readonly number[], good: number) => Action {
  const { reader, network } = usePlace();
  const { account = "" } = useWallet();
  const { keptBefore } = useKeeping();
  const { queryEscrow } = queryContracts(reader);
  const saltOf = useSalt();
  return (ranking, good) => ({
    title: `Submit a sealed vote on query ${queryId}`,
    unit: network.asset,
    call: () => {
      const place = { chainId: network.chainId, contract: network.contracts.QueryEscrow.address, account };
      const vote = { kind: "vote", queryId, ranking, goodAnswers: goodOf(ranking, good) } as const;
      const salt = saltOf([network.chainId, account, queryId, ranking, good]);
      const keepsake = sealed({ ...vote, ...place, salt });
      return keptBefore(keepsake, () => queryEscrow.submitVote.populateTransaction(queryId, keepsake.seal));
    },
  });
}
