import { useState } from "react";
import { ProposalKind } from "../../../../../sdk/council/governance.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead, useRead } from "../../../chain/read.ts";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText, paidText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { useCouncilAccount } from "../useStaking.ts";
import { Calls } from "./Calls.tsx";
import { draftOf, kindOf, NO_WISHES, TEMPLATES, type Template, type Wishes } from "./draft.ts";
import { PaymentFields } from "./PaymentFields.tsx";
import { describedBy, KIND_NAMES } from "./proposals.ts";
import { RawFields } from "./RawFields.tsx";
import { RuleFields } from "./RuleFields.tsx";
import { RULE_SETS, type RuleSet, type RuleSetName, type RuleValues } from "./ruleSets.ts";
import type { VotingRules } from "./useProposals.ts";

/** Where something is proposed: ready-made actions, words alone, or any calls. */
export function ProposeForm({ rules }: { readonly rules: VotingRules }) {
  const [wishes, setWishes] = useState<Wishes>(NO_WISHES);
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const { calls, current, problem, action } = useProposing(wishes, title, text, rules);
  const set = ruleSetOf(wishes);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <WordsFields {...{ title, setTitle, text, setText }} />
      <TemplateFields wishes={wishes} onWishes={setWishes} />
      {wishes.template === "treasury" && (
        <PaymentFields payment={wishes.payment} onPayment={(payment) => setWishes({ ...wishes, payment })} />
      )}
      {set !== undefined && (
        <RuleFields
          key={wishes.template}
          set={set}
          current={current}
          typed={wishes.rules[wishes.template as RuleSetName]}
          onTyped={(typed) => setWishes({ ...wishes, rules: { ...wishes.rules, [wishes.template]: typed } })}
        />
      )}
      {wishes.template === "raw" && (
        <RawFields calls={wishes.calls} onCalls={(all) => setWishes({ ...wishes, calls: all })} />
      )}
      {calls.length > 0 && (
        <>
          <h3>What it would do</h3>
          <Calls calls={calls} isTried />
        </>
      )}
      <ProposeFacts rules={rules} kind={kindOf(wishes)} />
      <ActionButton
        label="Propose"
        problem={problem}
        action={action}
        onDone={() => {
          setWishes(NO_WISHES);
          setTitle("");
          setText("");
        }}
      />
    </form>
  );
}

/** What a form comes to: the calls, and how they are proposed, or why they cannot be yet. */
function useProposing(wishes: Wishes, title: string, text: string, rules: VotingRules) {
  const { reader } = usePlace();
  const { account } = useWallet();
  const { councilGovernor } = councilContracts(reader);
  const staked = useCouncilAccount().data?.staked;
  const set = ruleSetOf(wishes);
  const current = useRead<RuleValues>(
    ["rule set", wishes.template],
    async (from) => (set === undefined ? {} : set.read(from)),
    set !== undefined,
  );
  const draft = draftOf(wishes, reader, current.data);
  const calls = "calls" in draft ? draft.calls : [];
  const needed = paidText(rules.minProposalStake, ACT);
  const problem =
    staked !== undefined && staked < rules.minProposalStake
      ? `Who proposes has at least ${needed} staked; you have ${amountText(staked, ACT)}.`
      : title.trim() === ""
        ? "Give it a title."
        : "problem" in draft
          ? draft.problem
          : undefined;
  const action = (): Action => ({
    title: `Propose: ${title.trim()}`,
    unit: ACT,
    call: () =>
      councilGovernor.proposeOfKind.populateTransaction(
        kindOf(wishes),
        calls.map(({ target }) => target),
        calls.map(({ value }) => value),
        calls.map(({ data }) => data),
        describedBy(title, text, account ?? ""),
      ),
  });
  return { calls, current, problem, action };
}

function ruleSetOf({ template }: Wishes): RuleSet | undefined {
  return template in RULE_SETS ? RULE_SETS[template as RuleSetName] : undefined;
}

function WordsFields(props: {
  readonly title: string;
  readonly setTitle: (title: string) => void;
  readonly text: string;
  readonly setText: (text: string) => void;
}) {
  return (
    <>
      <label className="field">
        <span>Title</span>
        <input
          value={props.title}
          maxLength={120}
          placeholder="Pay for a review of the contracts"
          onChange={(event) => props.setTitle(event.currentTarget.value.replaceAll("\n", " "))}
        />
      </label>
      <label className="field">
        <span>Why (optional)</span>
        <textarea
          rows={3}
          maxLength={4_000}
          value={props.text}
          onChange={(event) => props.setText(event.currentTarget.value)}
        />
      </label>
    </>
  );
}

function TemplateFields({ wishes, onWishes }: { readonly wishes: Wishes; readonly onWishes: (to: Wishes) => void }) {
  const { template, kind } = wishes;
  return (
    <div className="columns">
      <label className="field">
        <span>What to do</span>
        <select
          value={template}
          onChange={(event) => onWishes({ ...wishes, template: event.currentTarget.value as Template })}
        >
          {Object.entries(TEMPLATES).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {(template === "words" || template === "raw") && (
        <label className="field">
          <span>Kind</span>
          <select
            value={String(kind)}
            onChange={(event) => onWishes({ ...wishes, kind: BigInt(event.currentTarget.value) })}
          >
            {Object.values(ProposalKind)
              .filter((one) => one !== ProposalKind.Unspecified)
              .map((one) => (
                <option key={one} value={String(one)}>
                  {KIND_NAMES[Number(one)]}
                </option>
              ))}
          </select>
        </label>
      )}
    </div>
  );
}

function ProposeFacts({ rules, kind }: { readonly rules: VotingRules; readonly kind: bigint }) {
  const now = useHead().data?.timestamp;
  if (now === undefined) return null;
  const begins = now + rules.votingDelay;
  const ends = begins + rules.votingPeriod;
  return (
    <Facts
      label="What proposing comes to"
      of={[
        ["Recorded as", KIND_NAMES[Number(kind)]],
        ["Voting begins", <When key="begins" at={begins} />],
        ["Voting ends", <When key="ends" at={ends} />],
        ["Executed at the earliest", <When key="executable" at={ends + rules.timelockDelay} />],
        ["Fee", "None"],
      ]}
    />
  );
}
