import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import { contentOf } from "../../../../sdk/query/content.ts";
import { type Stakes, stakesFor } from "../../../../sdk/query/stakes.ts";
import type { Timing } from "../../../../sdk/query/timing.ts";
import type { Action } from "../../actions/action.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { useRead } from "../../chain/read.ts";
import { assetContract } from "../../contracts/market.ts";
import { queryContracts } from "../../contracts/query.ts";
import { paidText } from "../../format/amounts.ts";
import { spanText } from "../../format/times.ts";
import { ActionButton } from "../../ui/ActionButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Shown } from "../../ui/states.tsx";
import { Amount } from "../../ui/values.tsx";
import { AskFields } from "./AskFields.tsx";
import { emptyQuestion, parseQuestion, type Question } from "./asking.ts";
import { useStakeProblem } from "./useStakeProblem.ts";

/** Where a query is asked. */
export function AskQuery() {
  const { reader } = usePlace();
  const { queryEscrow } = queryContracts(reader);
  const timing = useRead(["query default timing"], () => queryEscrow.defaultTiming());
  return (
    <Collapsible.Root className="card">
      <Collapsible.Trigger className="quiet">Ask a query</Collapsible.Trigger>
      <Collapsible.Panel>
        <Shown what="the escrow's rules" from={timing}>
          {(windows) => <AskForm usual={windows} />}
        </Shown>
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

function AskForm({ usual }: { readonly usual: Timing }) {
  const { network } = usePlace();
  const [typed, setTyped] = useState(() => emptyQuestion(usual));
  const parsed = parseQuestion(typed);
  const question = "problem" in parsed ? undefined : parsed;
  const stakes = question && stakesFor(question.minRank, question.minAnswers, BigInt(network.asset.decimals));
  const ask = useAsk();
  const stakeProblem = useStakeProblem(stakes?.submitStake);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <AskFields typed={typed} onTyped={setTyped} />
      {question !== undefined && stakes !== undefined && <AskFacts question={question} stakes={stakes} />}
      <ActionButton
        label="Ask the query"
        action={() => ask(question, stakes)}
        problem={"problem" in parsed ? parsed.problem : stakeProblem}
        onDone={() => setTyped(emptyQuestion(usual))}
      />
    </form>
  );
}

/** How a question is asked; without one it comes to nothing, for its button is disabled. */
function useAsk(): (question: Question | undefined, stakes: Stakes | undefined) => Action {
  const { reader, network } = usePlace();
  const { queryEscrow } = queryContracts(reader);
  return (question, stakes) => {
    if (question === undefined || stakes === undefined) throw new Error("There is no question.");
    const { text, minRank, minAnswers, maxAnswers, timing } = question;
    const { contentHash, uri } = contentOf(text);
    const asked = [contentHash, uri, minRank, minAnswers, maxAnswers, timing] as const;
    return {
      title: `Ask a query for ${paidText(stakes.submitStake, network.asset)}`,
      unit: network.asset,
      call: () => queryEscrow.ask.populateTransaction(...asked),
      spending: {
        token: assetContract(reader),
        spender: queryEscrow,
        amount: stakes.submitStake,
        withPermit: (deadline, { v, r, s }) =>
          queryEscrow.askWithPermit.populateTransaction(...asked, deadline, v, r, s),
      },
    };
  };
}

function AskFacts({ question, stakes }: { readonly question: Question; readonly stakes: Stakes }) {
  const { asset } = usePlace().network;
  const { answering, opening, judging, revealing } = question.timing;
  return (
    <>
      <Facts
        label="What asking comes to"
        of={[
          ["You pay", <Amount key="pay" units={stakes.submitStake} of={asset} paid />],
          ["Each answerer stakes", <Amount key="answerer" units={stakes.answerStake} of={asset} paid />],
          ["Each judge stakes", <Amount key="judge" units={stakes.judgeStake} of={asset} paid />],
          ["It can be settled after", spanText(answering + opening + judging + revealing)],
        ]}
      />
      <p className="hint">
        Of what you pay, 70 % is for good answers and 30 % for good judges. You get everything back if no answer comes,
        30 % if one comes or nobody votes, and 70 % if the judges find none good. A query cannot be cancelled.
      </p>
    </>
  );
}
