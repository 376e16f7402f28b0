import { useQueries } from "@tanstack/react-query";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { claimStateQuery } from "../../claims/useClaimState.ts";
import { type Claim, claimTextQuery } from "../../claims/useClaims.ts";
import { shownClaim, tidyClaim } from "../../format/claims.ts";

/** Orders of the list, and their names. */
export const ORDERS = {
  weight: "Weight: most first",
  belief: "Belief: highest first",
  doubt: "Belief: lowest first",
  newest: "Newest first",
} as const;

/** An order of the list. */
export type Order = keyof typeof ORDERS;

/** The claims that have the words of a search, in an order; those of which not enough is known yet come last. */
export function useListed(claims: readonly Claim[], search: string, order: Order): readonly Claim[] {
  const { reader } = usePlace();
  const texts = useQueries({ queries: claims.map((claim) => claimTextQuery(reader, claim)) });
  const states = useQueries({ queries: claims.map(({ market }) => claimStateQuery(reader, market)) });
  const words = tidyClaim(search).toLowerCase();
  const found = claims
    .map((claim, index) => ({ claim, text: shownClaim(texts[index]?.data ?? "").text, state: states[index]?.data }))
    .filter(({ claim, text }) => `${text.toLowerCase()} ${claim.claimId}`.includes(words));
  const rank = ({ claim, state }: (typeof found)[number]): bigint => {
    if (order === "newest") return claim.createdAt;
    if (state === undefined) return -1n;
    if (order === "weight") return state.supportWeight + state.opposeWeight;
    return order === "belief" ? state.belief : 10n ** 18n - state.belief;
  };
  return found.toSorted((a, b) => (rank(a) < rank(b) ? 1 : rank(a) > rank(b) ? -1 : 0)).map(({ claim }) => claim);
}
