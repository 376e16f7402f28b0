import type { UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { voteWeightDown } from "../../../../../sdk/council/chamber.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import type { Reader } from "../../../chain/reader.ts";
import { councilContracts } from "../../../contracts/council.ts";
import { type History, useEvents } from "../../../events/useEvents.ts";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { type OpenedSession, sessionsIn } from "./sessions.ts";

/** Somebody who was drawn for a session. */
export interface SessionMember {
  readonly agent: string;
  readonly hasVoted: boolean;
  readonly option: bigint;
  readonly weight: bigint;
}

/** A session as it is now. */
export interface SessionNow {
  readonly phase: bigint;
  readonly size: bigint;
  readonly isSquareRoot: boolean;
  readonly openedAt: bigint;
  readonly openedIn: bigint;
  /** 0 before members are drawn. */
  readonly endsAt: bigint;
  /** In token units. */
  readonly reward: bigint;
  readonly voted: bigint;
  readonly decision: bigint;
  readonly members: readonly SessionMember[];
  /** The weight of the votes for each option. */
  readonly tallies: readonly bigint[];
  /** What a vote of the connected account would weigh; `undefined` where none is connected. */
  readonly myWeight: bigint | undefined;
}

/** What the chamber knows of an account. */
export interface AgentNow {
  readonly isRegistered: boolean;
  readonly weight: bigint;
  /** In token units. */
  readonly credited: bigint;
}

/** All sessions, the newest first, as far as the chamber's events are known. */
export function useSessions(): { readonly sessions: readonly OpenedSession[]; readonly history: History } {
  const { reader } = usePlace();
  const history = useEvents(councilContracts(reader).councilChamber, reader.network.contracts.CouncilChamber.block);
  const { events } = history;
  const sessions = useMemo(() => sessionsIn(events), [events]);
  return { sessions, history };
}

/** A session as it is now. */
export async function readSession(reader: Reader, sessionId: bigint, account: string | undefined): Promise<SessionNow> {
  const { councilChamber, councilStaking } = councilContracts(reader);
  const [session, members, tallies] = await Promise.all([
    councilChamber.session(sessionId),
    councilChamber.members(sessionId),
    councilChamber.tallies(sessionId),
  ]);
  const { phase, size, isSquareRoot, openedAt, openedIn, endsAt, reward, voted, decision } = session;
  const power = account === undefined ? undefined : await councilStaking.getPastVotes(account, openedAt - 1n);
  return {
    ...{ phase, size, isSquareRoot, openedAt, openedIn, endsAt, reward, voted, decision },
    members: members.map(({ agent, hasVoted, option, weight }) => ({ agent, hasVoted, option, weight })),
    tallies: [...tallies],
    myWeight: power === undefined ? undefined : voteWeightDown(power, isSquareRoot),
  };
}

/** A session as it is now. */
export function useSession(sessionId: bigint): UseQueryResult<SessionNow> {
  const { account } = useWallet();
  return useRead(["session", sessionId, account], (reader) => readSession(reader, sessionId, account));
}

/** What the chamber asks of agents, and how many there are. */
export function useChamber(): UseQueryResult<{
  readonly minAgentStake: bigint;
  readonly agents: bigint;
  readonly totalWeight: bigint;
}> {
  return useRead(["chamber"], async (reader) => {
    const { councilChamber } = councilContracts(reader);
    const [minAgentStake, agents, totalWeight] = await Promise.all([
      councilChamber.minAgentStake(),
      councilChamber.agentCount(),
      councilChamber.totalAgentWeight(),
    ]);
    return { minAgentStake, agents, totalWeight };
  });
}

/** What the chamber knows of an account. */
async function readAgent(reader: Reader, account: string): Promise<AgentNow> {
  const { councilChamber } = councilContracts(reader);
  const [{ isRegistered, weight }, credited] = await Promise.all([
    councilChamber.agent(account),
    councilChamber.credited(account),
  ]);
  return { isRegistered, weight, credited };
}

/** What the chamber knows of the connected account; never there where none is connected. */
export function useAgent(): UseQueryResult<AgentNow> {
  const { account } = useWallet();
  return useRead(["agent", account], (reader) => readAgent(reader, account ?? ""), account !== undefined);
}
