import { type TextSource, useClaimText } from "../claims/useClaims.ts";
import { briefClaim, shownClaim } from "../format/claims.ts";
import { shortened } from "../format/numbers.ts";
import { Said } from "./Said.tsx";

/** A claim in words, or its id where nobody has told them; with both where the words could be those of another claim. */
export function ClaimText({
  of,
  isWhole = false,
}: {
  readonly of: TextSource;
  /** Whether a very long text is shown to its end. */
  readonly isWhole?: boolean;
}) {
  const known = useClaimText(of);
  if (known === undefined) return <span className="hint">Loading the claim…</span>;
  if (known === null) {
    return (
      <span title={of.claimId}>
        A claim whose words are not on chain, <span className="hex">{shortened(of.claimId)}</span>
      </span>
    );
  }
  const { text: whole, isDoubtful } = shownClaim(known);
  const text = isWhole ? whole : briefClaim(whole);
  if (!isDoubtful) return <Said>{text}</Said>;
  return (
    <span title={of.claimId}>
      <Said>{text}</Said>{" "}
      <span className="hint">
        (not all of its characters can be seen: <span className="hex">{shortened(of.claimId)}</span>)
      </span>
    </span>
  );
}
