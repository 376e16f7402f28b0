import type { UseQueryResult } from "@tanstack/react-query";
import { isHexString, ZeroAddress } from "ethers";
import { useRead } from "../../chain/read.ts";
import type { Reader } from "../../chain/reader.ts";
import { type Claim, useClaims } from "../../claims/useClaims.ts";
import { marketContracts } from "../../contracts/market.ts";
import type { History } from "../../events/useEvents.ts";

/** What a claim's market tells of itself, before the factory's events have been read. */
export type ClaimOutline = Pick<Claim, "claimId" | "market" | "author" | "createdAt">;

/** A claim, as far as it is known. */
export interface FoundClaim {
  /** Known after a single look at the chain; `null` where the claim has no market. */
  readonly outline: UseQueryResult<ClaimOutline | null>;
  /** Known when the factory's events have been read so far. */
  readonly claim: Claim | undefined;
  readonly history: History;
}

/** The claim with an id. */
export function useClaim(claimId: string): FoundClaim {
  const { claims, history } = useClaims();
  const outline = useRead(["claim outline", claimId], (reader) => readOutline(reader, claimId));
  return { outline, claim: claims.find((claim) => claim.claimId === claimId.toLowerCase()), history };
}

/** A market never changes what it tells of itself; whether there is one does. */
async function readOutline(reader: Reader, claimId: string): Promise<ClaimOutline | null> {
  if (!isHexString(claimId, 32)) return null;
  const { beliefFactory, marketAt } = marketContracts(reader);
  const market = await beliefFactory.marketOf(claimId);
  if (market === ZeroAddress) return null;
  const [author, createdAt] = await Promise.all([marketAt(market).author(), marketAt(market).createdAt()]);
  return { claimId: claimId.toLowerCase(), market, author, createdAt };
}
