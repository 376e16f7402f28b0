import { usePlace } from "../chain/NetworkContext.tsx";
import { useHead } from "../chain/read.ts";
import { amountText, exactAmountText, paidText, type Unit } from "../format/amounts.ts";
import { shortened, wadPercent } from "../format/numbers.ts";
import { exactTimeText, relativeText } from "../format/times.ts";

/** An amount of a token, with all its decimals on hover. */
export function Amount({
  units,
  of,
  paid = false,
}: {
  readonly units: bigint;
  readonly of: Unit;
  /** Whether it is what somebody pays, loses or must have: it is rounded up then, and down else. */
  readonly paid?: boolean;
}) {
  return (
    <span className="number" title={exactAmountText(units, of)}>
      {paid ? paidText(units, of) : amountText(units, of)}
    </span>
  );
}

/** A share in wad as a percentage. */
export function Percent({ wad }: { readonly wad: bigint }) {
  return <span className="number">{wadPercent(wad)}</span>;
}

/** An instant in words as seen from the chain's time, with date and time on hover. */
export function When({ at }: { readonly at: bigint }) {
  const now = useHead().data?.timestamp;
  const exact = exactTimeText(at);
  return (
    <time dateTime={new Date(Number(at) * 1_000).toISOString()} title={exact}>
      {now === undefined ? exact : relativeText(at, now)}
    </time>
  );
}

/** An account or a contract, with a link to the explorer where there is one. */
export function Address({ of }: { readonly of: string }) {
  return <Explored path={`address/${of}`} hex={of} />;
}

/** A transaction, with a link to the explorer where there is one. */
export function TransactionHash({ of }: { readonly of: string }) {
  return <Explored path={`tx/${of}`} hex={of} />;
}

function Explored({ path, hex }: { readonly path: string; readonly hex: string }) {
  const { explorerUrl } = usePlace().network;
  const text = (
    <span className="hex" title={hex}>
      {shortened(hex)}
    </span>
  );
  if (explorerUrl === undefined) return text;
  return (
    <a href={`${explorerUrl}/${path}`} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}
