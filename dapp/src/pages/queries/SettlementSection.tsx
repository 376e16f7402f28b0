import { useMemo } from "react";
import { Outcome } from "../../../../sdk/query/state.ts";
import type { Action } from "../../actions/action.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { queryContracts } from "../../contracts/query.ts";
import { ActionButton } from "../../ui/ActionButton.tsx";
import { Loading } from "../../ui/states.tsx";
import { OUTCOME_WORDS } from "./PhaseLine.tsx";
import { PaymentTable, RankedTable, VoterTable } from "./SettlementTables.tsx";
import { expectedBy, paymentsOf, type Settlement, settlementOf } from "./settling.ts";
import type { QueryView } from "./view.ts";

/** How a query ended, and who gets what; before it is settled, what settling it comes to. */
export function SettlementSection({ state, record }: QueryView) {
  const settlement = useMemo(() => settlementOf(state), [state]);
  const isSettled = state.query.outcome !== Outcome.Pending;
  const isTold = record !== undefined && record.query.outcome !== Outcome.Pending;
  return (
    <section aria-labelledby="settlement-title">
      <h2 id="settlement-title">{isSettled ? "Outcome" : "Settlement"}</h2>
      {!isSettled && <Settle queryId={state.queryId} settlement={settlement} />}
      <RankedTable of={settlement.ranked} />
      <VoterTable of={settlement.voters} />
      {isSettled && !isTold ? (
        <Loading what="what everybody got" />
      ) : (
        <PaymentTable
          of={paymentsOf(
            state,
            isTold ? (account) => record.credits.get(account) ?? 0n : expectedBy(state, settlement),
          )}
          isSettled={isSettled}
        />
      )}
    </section>
  );
}

function Settle({ queryId, settlement }: { readonly queryId: bigint; readonly settlement: Settlement }) {
  const { reader, network } = usePlace();
  const { queryEscrow } = queryContracts(reader);
  const action = (): Action => ({
    title: `Settle query ${queryId}`,
    unit: network.asset,
    call: () => queryEscrow.settle.populateTransaction(queryId, [...settlement.strengths]),
  });
  return (
    <div className="card">
      <p>
        {OUTCOME_WORDS[String(settlement.payouts.outcome)]} Anybody may settle the query, which credits to everybody
        what is due.
        {settlement.strengths.length > 0 &&
          " Your browser has computed the strengths of the answers from the votes, and the escrow checks them."}
      </p>
      <ActionButton label="Settle the query" action={action} />
    </div>
  );
}
