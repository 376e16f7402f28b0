import { contentOf, textProblem } from "../../../../sdk/query/content.ts";
import type { Action } from "../../actions/action.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { queryContracts } from "../../contracts/query.ts";
import { sealed } from "../../keepsakes/keepsake.ts";
import { useKeeping } from "../../keepsakes/useKeepsakes.ts";
import { ActionButton } from "../../ui/ActionButton.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import type { QueryState } from "./records.ts";
import { useDraft } from "./useDraft.ts";
import { useSalt } from "./useSalt.ts";

/** Where an answerer writes an answer, and submits it sealed. */
export function WriteAnswer({ state: { queryId } }: { readonly state: QueryState }) {
  const { network } = usePlace();
  const { account = "" } = useWallet();
  const [text, setText] = useDraft(`credence.answer.${network.chainId}.${queryId}.${account}`);
  const problem = textProblem(text, "answer");
  const submit = useSubmitAnswer(queryId);
  return (
    <form className="card" onSubmit={(event) => event.preventDefault()}>
      <h3>Your answer</h3>
      <label className="field">
        <span>Write your answer</span>
        <textarea rows={6} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </label>
      <p className="hint">
        It is sealed: only its seal goes to the chain now, and it cannot be replaced. The words stay in this browser
        until you open them, and then everybody can read them for good. Save a backup file too.
      </p>
      <ActionButton
        label="Seal and submit the answer"
        action={() => submit(text)}
        problem={problem}
        onDone={() => setText("")}
      />
    </form>
  );
}

function useSubmitAnswer(queryId: bigint): (text: string) => Action {
  const { reader, network } = usePlace();
  const { account = "" } = useWallet();
  const { keptBefore } = useKeeping();
  const { queryEscrow } = queryContracts(reader);
  const saltOf = useSalt();
  return (text) => ({
    title: `Submit a sealed answer to query ${queryId}`,
    unit: network.asset,
    call: () => {
      const place = { chainId: network.chainId, contract: network.contracts.QueryEscrow.address, account };
      const content = contentOf(text);
      const salt = saltOf([network.chainId, account, queryId, content.uri]);
      const keepsake = sealed({ kind: "answer", queryId, ...content, ...place, salt });
      return keptBefore(keepsake, () => queryEscrow.submitAnswer.populateTransaction(queryId, keepsake.seal));
    },
  });
}
