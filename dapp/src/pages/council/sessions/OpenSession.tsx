import { useState } from "react";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { actContract, councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText, parseAmount } from "../../../format/amounts.ts";
import { counted } from "../../../format/numbers.ts";
import { spanText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount } from "../../../ui/values.tsx";
import { WholeField } from "../../../ui/WholeField.tsx";
import { useBalance } from "../../../wallet/useBalance.ts";
import { usePauseProblem } from "../useStaking.ts";
import { SESSION_BOUNDS, type SessionWish, sessionOf } from "./sessions.ts";

const EMPTY: SessionWish = { topic: "", options: ["Yes", "No"], size: "5", hours: "72" };

/** Where a question is asked of the chamber. */
export function OpenSession() {
  const [wish, setWish] = useState(EMPTY);
  const [feeText, setFeeText] = useState("");
  const { session, fee, balance, tooMuch, problem, action } = useOpening(wish, feeText);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <QuestionFields wish={wish} onWish={setWish} />
      <div className="columns">
        <WholeField
          label={`Members (${SESSION_BOUNDS.minSize} to ${SESSION_BOUNDS.maxSize})`}
          text={wish.size}
          onText={(size) => setWish({ ...wish, size })}
        />
        <WholeField
          label="Hours of voting (1 to 720)"
          text={wish.hours}
          onText={(hours) => setWish({ ...wish, hours })}
        />
      </div>
      <AmountField
        label="Fee for the members (optional)"
        unit={ACT}
        text={feeText}
        onText={setFeeText}
        available={balance}
        problem={tooMuch}
      />
      {!("problem" in session) && (
        <Facts
          label="What opening comes to"
          of={[
            ["Drawn", counted(session.size, "member")],
            ["They vote for", spanText(session.duration)],
            ["You pay", <Amount key="fee" units={fee} of={ACT} paid />],
            ["Back to you, if nobody can be drawn", "After a week"],
          ]}
        />
      )}
      <ActionButton
        label="Open the session"
        problem={problem}
        action={action}
        onDone={() => {
          setWish(EMPTY);
          setFeeText("");
        }}
      />
    </form>
  );
}

/** What a form comes to: the session, what it costs, and how it is opened. */
function useOpening(wish: SessionWish, feeText: string) {
  const { reader } = usePlace();
  const token = actContract(reader);
  const { councilChamber } = councilContracts(reader);
  const balance = useBalance(token);
  const parsed = feeText === "" ? { units: 0n } : parseAmount(feeText, ACT);
  const fee = "units" in parsed ? parsed.units : 0n;
  const tooMuch = balance !== undefined && fee > balance ? `You have ${amountText(balance, ACT)}.` : undefined;
  const session = sessionOf(wish);
  const wrong = "problem" in session ? session.problem : "problem" in parsed ? parsed.problem : tooMuch;
  const problem = usePauseProblem("councilChamber") ?? wrong;
  const action = (): Action => {
    if ("problem" in session) throw new Error(session.problem);
    const { topic, size, options, duration } = session;
    return {
      title: `Open a session: ${topic}`,
      unit: ACT,
      call: () => councilChamber.openSession.populateTransaction(topic, size, [...options], duration, fee),
      spending: { token, spender: councilChamber, amount: fee },
    };
  };
  return { session, fee, balance, tooMuch, problem, action };
}

function QuestionFields({
  wish,
  onWish,
}: {
  readonly wish: SessionWish;
  readonly onWish: (wish: SessionWish) => void;
}) {
  const { topic, options } = wish;
  return (
    <>
      <label className="field">
        <span>Question</span>
        <textarea
          rows={2}
          maxLength={500}
          value={topic}
          placeholder="Should the reserve of arguments be doubled?"
          onChange={(event) => onWish({ ...wish, topic: event.currentTarget.value })}
        />
      </label>
      <OptionFields options={options} onOptions={(all) => onWish({ ...wish, options: all })} />
    </>
  );
}

function OptionFields({
  options,
  onOptions,
}: {
  readonly options: readonly string[];
  readonly onOptions: (options: readonly string[]) => void;
}) {
  const change = (index: number, text: string) =>
    onOptions(options.map((option, at) => (at === index ? text : option)));
  return (
    <fieldset>
      <legend>Options</legend>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: options are known by their place
        <div key={index} className="option">
          <input
            aria-label={`Option ${index + 1}`}
            value={option}
            maxLength={120}
            onChange={(event) => change(index, event.currentTarget.value)}
          />
          {options.length > SESSION_BOUNDS.minOptions && (
            <button
              type="button"
              className="quiet"
              aria-label={`Leave option ${index + 1} out`}
              onClick={() => onOptions(options.filter((_, at) => at !== index))}
            >
              ×
            </button>
          )}
        </div>
      ))}
      {options.length < SESSION_BOUNDS.maxOptions && (
        <button type="button" className="quiet" onClick={() => onOptions([...options, ""])}>
          Add an option
        </button>
      )}
    </fieldset>
  );
}
