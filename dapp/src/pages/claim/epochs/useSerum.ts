import type { UseQueryResult } from "@tanstack/react-query";
import { isError, ZeroAddress } from "ethers";
import { useMemo } from "react";
import type { EpochRules } from "../../../../../sdk/stake/schedule.ts";
import type { EpochState, Participant } from "../../../../../sdk/stake/state.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import { stakeContracts } from "../../../contracts/stake.ts";
import { type History, useEvents } from "../../../events/useEvents.ts";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { type EpochRecord, epochsIn } from "./records.ts";

/** What fixes every epoch's instants. */
export function useEpochRules(): UseQueryResult<EpochRules> {
  const { reader } = usePlace();
  const { truthSerum } = stakeContracts(reader);
  return useRead(["epoch rules"], async () => {
    const [startedAt, epochLength, revealWindow] = await Promise.all([
      truthSerum.startedAt(),
      truthSerum.epochLength(),
      truthSerum.revealWindow(),
    ]);
    return { startedAt, epochLength, revealWindow };
  });
}

/** All epochs of a claim in which somebody spoke, the newest first, as far as events are known. */
export function useEpochRecords(claimId: string): {
  readonly records: readonly EpochRecord[];
  readonly history: History;
} {
  const { reader } = usePlace();
  const history = useEvents(stakeContracts(reader).truthSerum, reader.network.contracts.TruthSerum.block);
  const records = useMemo(() => epochsIn(history.events, claimId), [history.events, claimId]);
  return { records, history };
}

/** How far an epoch of a claim is. */
export function useEpochState(claimId: string, epoch: bigint): UseQueryResult<EpochState> {
  const { reader } = usePlace();
  const { truthSerum } = stakeContracts(reader);
  return useRead(["epoch state", claimId, epoch], () => truthSerum.epochState(claimId, epoch));
}

/** Somebody's voice in an epoch; `null` where they have none. Not read for a user of `undefined`. */
export function useVoice(claimId: string, epoch: bigint, user: string | undefined): UseQueryResult<Participant | null> {
  const { reader } = usePlace();
  const { truthSerum } = stakeContracts(reader);
  const read = () =>
    truthSerum.participant(claimId, epoch, user ?? ZeroAddress).catch((error: unknown) => {
      if (isError(error, "CALL_EXCEPTION") && error.revert?.name === "NotParticipant") return null;
      throw error;
    });
  return useRead<Participant | null>(["voice", claimId, epoch, user], read, user !== undefined);
}

/** What decides whether the connected account may speak, and what it risks. Amounts in asset units. */
export interface Standing {
  readonly isPaused: boolean;
  /** Both locks on the claim: what a voice weighs. */
  readonly grossLock: bigint;
  /** The largest voice on the claim that is not settled. */
  readonly atRisk: bigint;
  readonly totalStake: bigint;
}

/** What decides whether the connected account may speak about a claim; of nobody, where none is connected. */
export function useStanding(claimId: string): UseQueryResult<Standing> {
  const { reader } = usePlace();
  const { account } = useWallet();
  const { truthSerum, stakeVault } = stakeContracts(reader);
  const user = account ?? ZeroAddress;
  return useRead(["standing", claimId, user], async () => {
    const [isPaused, { grossLock, atRisk }, totalStake] = await Promise.all([
      truthSerum.paused(),
      stakeVault.exposureOf(user, claimId),
      stakeVault.totalStake(user),
    ]);
    return { isPaused, grossLock, atRisk, totalStake };
  });
}
