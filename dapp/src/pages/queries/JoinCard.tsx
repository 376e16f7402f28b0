import type { ReactNode } from "react";
import type { Action } from "../../actions/action.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { assetContract } from "../../contracts/market.ts";
import { queryContracts } from "../../contracts/query.ts";
import { paidText } from "../../format/amounts.ts";
import { spanText } from "../../format/times.ts";
import { ActionButton } from "../../ui/ActionButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Amount, When } from "../../ui/values.tsx";
import { SHORT_OPENING } from "./asking.ts";
import { WORK } from "./DutyNote.tsx";
import { type Part, WITH_ARTICLE } from "./parts.ts";
import type { QueryState } from "./records.ts";
import { useStakeProblem } from "./useStakeProblem.ts";

/** Where somebody joins a query, and reads before what it takes. */
export function JoinCard({
  as,
  state: { queryId, query },
  problem,
  children,
}: {
  readonly as: Part["role"];
  readonly state: QueryState;
  /** Why the connected account cannot join. */
  readonly problem: string | undefined;
  /** What it is about, in sentences. */
  readonly children: ReactNode;
}) {
  const { asset } = usePlace().network;
  const isAnswerer = as === "answerer";
  const stake = isAnswerer ? query.answerStake : query.judgeStake;
  const [sealedBy, openedBy] = isAnswerer
    ? [query.answeringEndsAt, query.openingEndsAt]
    : [query.judgingEndsAt, query.revealingEndsAt];
  const stakeProblem = useStakeProblem(stake);
  const join = useJoin(queryId, as, stake);
  return (
    <div className="card">
      {children}
      <Facts
        label="What joining comes to"
        of={[
          ["You pay now, as your stake", <Amount key="stake" units={stake} of={asset} paid />],
          [`The time to submit your ${WORK[as]} ends`, <When key="seal" at={sealedBy} />],
          ["Time to open it after that", spanText(openedBy - sealedBy)],
        ]}
      />
      {openedBy - sealedBy < SHORT_OPENING && (
        <p className="hint warning">
          The time for opening is short{isAnswerer ? ", and may begin early" : ""}: be there, or leave your backup file
          with somebody who is.
        </p>
      )}
      <ActionButton label={`Join as ${WITH_ARTICLE[as]}`} action={join} problem={problem ?? stakeProblem} />
    </div>
  );
}

function useJoin(queryId: bigint, as: Part["role"], stake: bigint): () => Action {
  const { reader, network } = usePlace();
  const { queryEscrow } = queryContracts(reader);
  const joined = as === "answerer" ? queryEscrow.joinAnswer : queryEscrow.joinJudge;
  return () => ({
    title: `Join query ${queryId} as ${WITH_ARTICLE[as]}, with ${paidText(stake, network.asset)}`,
    unit: network.asset,
    call: () => joined.populateTransaction(queryId),
    spending: { token: assetContract(reader), spender: queryEscrow, amount: stake },
  });
}
