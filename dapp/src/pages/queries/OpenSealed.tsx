import type { Action, Call } from "../../actions/action.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { queryContracts } from "../../contracts/query.ts";
import { shortened } from "../../format/numbers.ts";
import { type KeepsakeOf, keepsakesAt, openerOf } from "../../keepsakes/keepsake.ts";
import { useKeepsakes } from "../../keepsakes/useKeepsakes.ts";
import { ActionButton } from "../../ui/ActionButton.tsx";
import { Trouble } from "../../ui/states.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import { isOpeningOver, openingProblem, unopenedOf } from "./opening.ts";
import type { QueryView } from "./view.ts";

type Opener = KeepsakeOf<"answer" | "vote">;

/** Where what was sealed is opened: by whom, or by others whose browser has the secret. */
export function OpenSealed({ kind, state, record, now }: QueryView & { readonly kind: Opener["kind"] }) {
  const { network } = usePlace();
  const { account } = useWallet();
  const kept = useKeepsakes();
  const { chainId, contracts } = network;
  const candidates = keepsakesAt(kept.data ?? [], kind, { chainId, contract: contracts.QueryEscrow.address }).filter(
    ({ queryId }) => queryId === state.queryId,
  );
  if (isOpeningOver(state.query, kind, now)) return null;
  const problem = openingProblem(state.query, kind, now);
  return unopenedOf(state, kind, account).map((owner) => {
    const own = candidates.filter((keepsake) => keepsake.account === owner);
    const keepsake = openerOf<Opener>(own, record?.seals.get(owner));
    const isMine = owner === account;
    if (keepsake !== undefined) return <OpenCard key={owner} of={keepsake} isMine={isMine} problem={problem} />;
    if (!isMine) return null;
    if (kept.error !== null) return <Trouble key={owner} what="what you sealed" error={kept.error} />;
    return kept.isSuccess ? <Missing key={owner} kind={kind} /> : null;
  });
}

function OpenCard({
  of,
  isMine,
  problem,
}: {
  readonly of: Opener;
  readonly isMine: boolean;
  readonly problem: string | undefined;
}) {
  const open = useOpen();
  const whose = isMine ? `your ${of.kind}` : `the ${of.kind} of ${shortened(of.account)}`;
  return (
    <div className={isMine && problem === undefined ? "card loud" : "card"}>
      <h3>Open {whose}</h3>
      <p>
        {isMine
          ? "What opens it is in this browser. Once it is open, everybody can read it."
          : "This browser has what opens it, and whoever has that may open it for its owner."}
      </p>
      <ActionButton label={`Open ${whose}`} action={() => open(of)} problem={problem} />
    </div>
  );
}

function Missing({ kind }: { readonly kind: Opener["kind"] }) {
  return (
    <div className="note trouble" role="alert">
      <p>
        <strong>What opens your {kind} is not in this browser.</strong> Restore it below from a backup file, or open it
        in the browser in which you sealed it: if nobody opens it in time, you lose your stake.
      </p>
    </div>
  );
}

function useOpen(): (keepsake: Opener) => Action {
  const { reader, network } = usePlace();
  const { queryEscrow } = queryContracts(reader);
  const callOf = (of: Opener): Promise<Call> => {
    const { queryId, account, salt } = of;
    return of.kind === "answer"
      ? queryEscrow.openAnswer.populateTransaction(queryId, account, of.contentHash, of.uri, salt)
      : queryEscrow.openVote.populateTransaction(queryId, account, [...of.ranking], of.goodAnswers, salt);
  };
  return (of) => ({
    title: `Open the ${of.kind} of ${shortened(of.account)} in query ${of.queryId}`,
    unit: network.asset,
    call: () => callOf(of),
  });
}
