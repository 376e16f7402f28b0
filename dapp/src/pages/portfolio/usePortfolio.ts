import { useMemo } from "react";
import { type Side, Side as Sides } from "../../../../sdk/market/side.ts";
import { type PoolState, proceedsOfDown } from "../../../../sdk/stake/curve.ts";
import { scheduleOf } from "../../../../sdk/stake/schedule.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { useRead } from "../../chain/read.ts";
import type { Reader } from "../../chain/reader.ts";
import { argumentContract } from "../../contracts/argument.ts";
import { queryContracts } from "../../contracts/query.ts";
import { stakeContracts } from "../../contracts/stake.ts";
import { type History, useEvents } from "../../events/useEvents.ts";
import { openerOf } from "../../keepsakes/keepsake.ts";
import { useKeepsakes } from "../../keepsakes/useKeepsakes.ts";
import { useArgumentPast } from "../claim/arguments/useArguments.ts";
import { keptFor } from "../claim/epochs/kept.ts";
import { epochsIn, voiceOf } from "../claim/epochs/records.ts";
import { useEpochRules } from "../claim/epochs/useSerum.ts";
import { argumentsOf, type MyArguments } from "./myArguments.ts";
import type { SealedVoice } from "./needs.ts";

/** What is known of something that comes from events. */
export interface Known<T> {
  readonly data: T;
  readonly history: History;
}

/** The beliefs that an account has sealed in epochs that are not settled yet. */
export function useVoices(account: string): Known<readonly SealedVoice[]> {
  const { reader, network } = usePlace();
  const history = useEvents(stakeContracts(reader).truthSerum, network.contracts.TruthSerum.block);
  const rules = useEpochRules().data;
  const kept = useKeepsakes().data;
  const { events } = history;
  const data = useMemo(() => {
    if (rules === undefined) return [];
    const claims = claimsIn(events, "BeliefCommitted", account);
    return claims.flatMap((claimId) =>
      epochsIn(events, claimId).flatMap((record) => {
        const voice = voiceOf(record, account);
        if (voice === undefined || record.result !== undefined) return [];
        const { epoch } = record;
        const opener = openerOf(keptFor(kept ?? [], network, { claimId, epoch, account }), voice.seal);
        const { weight, opened } = voice;
        const schedule = scheduleOf(rules, epoch);
        return [{ claimId, epoch, weight, schedule, isOpened: opened !== undefined, isKept: opener !== undefined }];
      }),
    );
  }, [events, rules, kept, network, account]);
  return { data, history };
}

/** LONG and SHORT of a claim that an account holds. Tokens and amounts in asset units. */
export interface TradeHolding {
  readonly claimId: string;
  readonly tokens: Readonly<Record<Side, bigint>>;
  /** What selling all would pay now. */
  readonly proceeds: bigint;
  readonly lock: bigint;
}

/** What an account holds of LONG and SHORT; `undefined` while it is read. */
export function useTradeHoldings(account: string): Known<readonly TradeHolding[] | undefined> {
  const { reader, network } = usePlace();
  const history = useEvents(stakeContracts(reader).convictionMarket, network.contracts.ConvictionMarket.block);
  const { events } = history;
  const claims = useMemo(() => claimsIn(events, "Bought", account), [events, account]);
  const read = useRead(["trade holdings", account, claims.join()], async (from) => {
    const all = await Promise.all(claims.map((claimId) => readTrade(from, account, claimId)));
    return all.filter(({ tokens }) => tokens[Sides.Support] + tokens[Sides.Oppose] > 0n);
  });
  return { data: read.data, history };
}

async function readTrade(reader: Reader, account: string, claimId: string): Promise<TradeHolding> {
  const { convictionMarket: venue } = stakeContracts(reader);
  const [long, short, lock, { longSupply, shortSupply, reserve }] = await Promise.all([
    venue.balanceOf(account, claimId, Sides.Support),
    venue.balanceOf(account, claimId, Sides.Oppose),
    venue.grossLock(account, claimId),
    venue.pool(claimId),
  ]);
  const pool: PoolState = { longSupply, shortSupply, reserve };
  const worth = (side: Side, tokens: bigint) => (tokens === 0n ? 0n : proceedsOfDown(pool, side, tokens));
  return {
    claimId,
    tokens: { [Sides.Support]: long, [Sides.Oppose]: short },
    proceeds: worth(Sides.Support, long) + worth(Sides.Oppose, short),
    lock,
  };
}

/** The claims on which an account did something that an event tells of, each once. */
function claimsIn(events: History["events"], name: string, account: string): readonly string[] {
  const found = events.filter((event) => event.name === name && event.args.user === account);
  return [...new Set(found.map(({ args }) => args.claimId as string))];
}

/** What an account has in arguments. */
export function useMyArguments(account: string): Known<MyArguments> {
  const { all, history } = useArgumentPast();
  const data = useMemo(() => argumentsOf(all.values(), account), [all, account]);
  return { data, history };
}

/** What was credited to an account by arguments, in token units, and by queries, in asset units. */
export function useCredits(account: string) {
  return useRead(["credits", account], async (reader) => {
    const [{ credited }, queries] = await Promise.all([
      argumentContract(reader).account(account),
      queryContracts(reader).queryEscrow.credited(account),
    ]);
    return { arguments: credited, queries };
  });
}

/** An account's stake in the vault, in asset units. */
export function useVault(account: string) {
  return useRead(["vault", account], async (reader) => {
    const { stakeVault } = stakeContracts(reader);
    const [totalStake, encumbered, withdrawable] = await Promise.all([
      stakeVault.totalStake(account),
      stakeVault.encumbered(account),
      stakeVault.withdrawable(account),
    ]);
    return { totalStake, encumbered, withdrawable };
  });
}
