import { usePlace } from "../../chain/NetworkContext.tsx";
import { counted } from "../../format/numbers.ts";
import { Facts } from "../../ui/Facts.tsx";
import { Address, Amount } from "../../ui/values.tsx";
import type { QueryState } from "./records.ts";

/** What a query takes, and how many take part in it. */
export function QueryFacts({ state: { query } }: { readonly state: QueryState }) {
  const { asset } = usePlace().network;
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">Stakes and places</h2>
      <div className="columns">
        <div className="card">
          <Facts
            label="Stakes"
            of={[
              ["Asked by", <Address key="asker" of={query.asker} />],
              ["The asker paid", <Amount key="submit" units={query.submitStake} of={asset} paid />],
              ["An answerer stakes", <Amount key="answer" units={query.answerStake} of={asset} paid />],
              ["A judge stakes", <Amount key="judge" units={query.judgeStake} of={asset} paid />],
              ["Answerers need", `rank ${query.minRank}`],
            ]}
          />
        </div>
        <div className="card">
          <Facts
            label="Places"
            of={[
              ["Answerers", `${query.answerers} of ${query.maxAnswers}`],
              ["Answers submitted", String(query.sealedAnswers)],
              ["Answers opened", String(query.openedAnswers)],
              ["Judges", String(query.judges)],
              ["Votes", `${counted(query.sealedVotes, "submitted", "submitted")}, ${query.openedVotes} opened`],
            ]}
          />
        </div>
      </div>
    </section>
  );
}
