import type { ReactNode } from "react";
import { Link } from "wouter";
import { useClaims } from "../../claims/useClaims.ts";
import { ClaimText } from "../../ui/ClaimText.tsx";

/** A link to a part of a claim's page; in the claim's words unless it has others. */
export function ClaimLink({
  claimId,
  tab,
  children,
}: {
  readonly claimId: string;
  readonly tab?: "trade" | "epochs" | "arguments";
  readonly children?: ReactNode;
}) {
  return (
    <Link href={`/claims/${claimId}${tab === undefined ? "" : `/${tab}`}`}>
      {children ?? <ClaimWords claimId={claimId} />}
    </Link>
  );
}

/** A claim in words, as soon as the factory's events tell where they are. */
export function ClaimWords({ claimId }: { readonly claimId: string }) {
  const claim = useClaims().claims.find((one) => one.claimId === claimId);
  return claim === undefined ? <span className="hint">Loading the claim…</span> : <ClaimText of={claim} />;
}
