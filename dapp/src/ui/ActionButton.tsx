import type { Action, Stage } from "../actions/action.ts";
import { type Acting, useAction } from "../actions/useAction.ts";
import { usePlace } from "../chain/NetworkContext.tsx";
import { useWallet } from "../wallet/WalletContext.tsx";
import { TransactionHash } from "./values.tsx";

const SIGNING = {
  permit: "Sign the permit in your wallet: it costs nothing.",
  approval: "Allow the amount in your wallet; the action itself comes after it.",
  transaction: "Confirm the transaction in your wallet.",
} as const;

/** Where a person does something on chain, and reads how far it is. */
export function ActionButton({
  label,
  action,
  acting,
  problem,
  onDone,
  look,
}: {
  readonly label: string;
  /** Made when the button is pressed. */
  readonly action: () => Action;
  /** Where whoever shows the button needs to know how far it is: from `useAction`. */
  readonly acting?: Acting;
  /** Why it cannot be done now: it is said in place of doing it. */
  readonly problem?: string | undefined;
  /** Told when it is confirmed. */
  readonly onDone?: (() => void) | undefined;
  readonly look?: "quiet";
}) {
  const own = useAction();
  const { stage, isBusy, start } = acting ?? own;
  const { account } = useWallet();
  const { isWrongNetwork, network } = usePlace();
  const obstacle =
    account === undefined
      ? "Connect a wallet to do this."
      : isWrongNetwork
        ? `Switch your wallet to ${network.label} to do this.`
        : problem;
  return (
    <div className="action">
      <button
        type="button"
        className={look}
        disabled={isBusy || obstacle !== undefined}
        onClick={async () => {
          if (await start(action)) onDone?.();
        }}
      >
        {label}
      </button>
      <p className="stage" aria-live="polite">
        {obstacle !== undefined && !isTold(stage) ? obstacle : <StageText stage={stage} />}
      </p>
    </div>
  );
}

/** Whether how far it is matters more than why it cannot be begun again: a form that empties itself is no answer. */
function isTold({ name }: Stage): boolean {
  return name === "signing" || name === "pending" || name === "confirmed" || name === "failed" || name === "replaced";
}

function StageText({ stage }: { readonly stage: Stage }) {
  switch (stage.name) {
    case "idle":
      return null;
    case "checking":
      return "Checking…";
    case "refused":
      return <span className="complaint">{stage.reason}</span>;
    case "signing":
      return SIGNING[stage.what];
    case "rejected":
      return "You declined it in the wallet. Nothing was sent.";
    case "pending":
      return (
        <>
          Waiting for a block: <TransactionHash of={stage.hash} />
        </>
      );
    case "confirmed":
      return (
        <>
          Done: <TransactionHash of={stage.hash} />
        </>
      );
    case "replaced":
      return (
        <span className="complaint">
          Another transaction took its place, sent by your wallet perhaps. Look whether it was done before you try
          again: <TransactionHash of={stage.hash} />
        </span>
      );
    case "failed":
      return (
        <span className="complaint">
          The transaction failed: <TransactionHash of={stage.hash} />
        </span>
      );
  }
}
