import { useState } from "react";
import { reasonOf } from "../actions/refusal.ts";
import { usePlace } from "../chain/NetworkContext.tsx";
import { shortened, wadPercent } from "../format/numbers.ts";
import { exactTimeText } from "../format/times.ts";
import { idOf, type Keepsake } from "./keepsake.ts";
import { useKeeping } from "./useKeepsakes.ts";

/** Keepsakes, the newest first. */
export function KeptList({ of }: { readonly of: readonly Keepsake[] }) {
  const sorted = of.toSorted((a, b) => b.savedAt - a.savedAt);
  return (
    <ul className="kept-list">
      {sorted.map((keepsake) => (
        <li key={idOf(keepsake)}>
          <Kept of={keepsake} />
        </li>
      ))}
    </ul>
  );
}

function Kept({ of }: { readonly of: Keepsake }) {
  const { networks } = usePlace();
  const network = networks.find(({ chainId }) => chainId === of.chainId);
  return (
    <>
      <p>
        {describe(of)}
        {networks.length > 1 && `, on ${network?.label ?? `chain ${of.chainId}`}`}
      </p>
      <p className="hint">
        By{" "}
        <span className="hex" title={of.account}>
          {shortened(of.account)}
        </span>
        , {exactTimeText(BigInt(Math.floor(of.savedAt / 1_000)))}
      </p>
      <Forget of={of} />
    </>
  );
}

function Forget({ of }: { readonly of: Keepsake }) {
  const { forget } = useKeeping();
  const [isSure, setSure] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (problem !== undefined) return <span className="complaint">{problem}</span>;
  if (!isSure) {
    return (
      <button type="button" className="link" onClick={() => setSure(true)}>
        Forget
      </button>
    );
  }
  return (
    <>
      <p className="hint">What is not opened yet can then never be opened.</p>
      <button
        type="button"
        className="link"
        onClick={() => void forget(of).catch((error: unknown) => setProblem(reasonOf(error)))}
      >
        Forget for good
      </button>{" "}
      <button type="button" className="link" onClick={() => setSure(false)}>
        Keep it
      </button>
    </>
  );
}

function describe(keepsake: Keepsake): string {
  switch (keepsake.kind) {
    case "belief": {
      const { epoch, belief, meta, claimId } = keepsake;
      return `Belief ${wadPercent(belief)}, of others ${wadPercent(meta)}, epoch ${epoch} of claim ${shortened(claimId)}`;
    }
    case "answer":
      return `Answer to query ${keepsake.queryId}`;
    case "vote":
      return `Vote on query ${keepsake.queryId}`;
  }
}
