import { queryOptions, useQuery } from "@tanstack/react-query";
import { claimIdOf } from "../../../sdk/claims.ts";
import { claimTextIn } from "../../../sdk/market/claim-text.ts";
import { usePlace } from "../chain/NetworkContext.tsx";
import type { Reader } from "../chain/reader.ts";
import { marketContracts } from "../contracts/market.ts";
import { type History, useEvents } from "../events/useEvents.ts";
import { kept } from "../storage.ts";

/** A claim that has a market. */
export interface Claim {
  readonly claimId: string;
  readonly market: string;
  readonly author: string;
  /** The block and the time of the market's creation, in unix seconds. */
  readonly block: number;
  readonly createdAt: bigint;
  /** The transaction that made the market: the claim's text is in its data. */
  readonly transaction: string;
}

/** All claims, the newest first, as far as the factory's events are known. */
export function useClaims(): { readonly claims: readonly Claim[]; readonly history: History } {
  const { reader } = usePlace();
  const history = useEvents(marketContracts(reader).beliefFactory, reader.network.contracts.BeliefFactory.block);
  const known = new Set(history.events.map(({ transaction, index }) => `${transaction} ${index}`));
  const newest = history.newest.filter(({ transaction, index }) => !known.has(`${transaction} ${index}`));
  const claims = [...history.events, ...newest]
    .filter(({ name }) => name === "MarketCreated")
    .map(({ args, time, block, transaction }) => ({
      ...{ claimId: args.claimId as string, market: args.market as string, author: args.author as string },
      ...{ block, createdAt: time, transaction },
    }))
    .toReversed();
  return { claims, history };
}

const TEXTS = "credence.claim.";

/** Remembers a claim's text in this browser, where it is that claim's. */
export function rememberText(claimId: string, text: string): boolean {
  if (claimIdOf(text) !== claimId) return false;
  kept.write(`${TEXTS}${claimId}`, text);
  return true;
}

/** The text of a claim that this browser remembers, proven by the claim's id: other things write to its storage too. */
function rememberedText(claimId: string): string | undefined {
  const text = kept.read(`${TEXTS}${claimId}`);
  return text !== null && claimIdOf(text) === claimId ? text : undefined;
}

/** Whose text is looked for: in this browser, and in the transaction that made the market, where that is known. */
export interface TextSource {
  readonly claimId: string;
  readonly transaction?: string;
}

/** Looks for a claim's text; `null` where it is nowhere to be found. */
export function claimTextQuery({ network, provider }: Reader, { claimId, transaction }: TextSource) {
  return queryOptions({
    queryKey: ["claim text", network.chainId, claimId, transaction],
    queryFn: async () => {
      const known = rememberedText(claimId);
      if (known !== undefined) return known;
      const sent = await provider.getTransaction(transaction ?? "");
      if (sent === null) throw new Error("The node does not know the transaction that made the market.");
      const text = claimTextIn(sent.data, claimId);
      if (text !== undefined) rememberText(claimId, text);
      return text ?? null;
    },
    enabled: transaction !== undefined,
  });
}

/** The text of a claim; `null` where it is nowhere to be found, `undefined` while it is looked for. */
export function useClaimText(source: TextSource): string | null | undefined {
  const { reader } = usePlace();
  const { data } = useQuery(claimTextQuery(reader, source));
  return data === undefined ? rememberedText(source.claimId) : data;
}
