import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Role } from "../../../../../sdk/roles.ts";
import { AccessManager__factory } from "../../../../../typechain-types/index.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import { argumentContract } from "../../../contracts/argument.ts";
import { actContract } from "../../../contracts/council.ts";
import { type History, useEvents } from "../../../events/useEvents.ts";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { type ArgumentRecord, argumentsIn } from "./history.ts";
import type { Account, Rules } from "./rules.ts";

/** All arguments, as far as their events have been read. */
export interface ArgumentPast {
  readonly all: ReadonlyMap<bigint, ArgumentRecord>;
  readonly history: History;
}

/** The arguments of all claims: one contract has them. */
export function useArgumentPast(): ArgumentPast {
  const { reader, network } = usePlace();
  const history = useEvents(argumentContract(reader), network.contracts.ArgumentStaking.block);
  const all = useMemo(() => argumentsIn(history.events), [history.events]);
  return { all, history };
}

/** The rules in force, and what the reserve has. */
export function useRules(): UseQueryResult<Rules> {
  return useRead(["argument rules"], async (reader): Promise<Rules> => {
    const contract = argumentContract(reader);
    const [params, { free, reserved }, isPaused] = await Promise.all([
      ...[contract.params(), contract.rewardReserve(), contract.paused()],
    ] as const);
    return { params, free, reserved, isPaused };
  });
}

/** Where the connected account stands; nothing is read where none is connected. */
export function useAccount(claimId: string): UseQueryResult<Account> {
  const { account: user } = useWallet();
  const roles = useRoles(user);
  const { curator = false, slasher = false } = roles.data ?? {};
  const key = ["argument account", user, claimId, curator, slasher];
  return useRead(
    key,
    async (reader): Promise<Account> => {
      const of = user ?? "";
      const contract = argumentContract(reader);
      const [known, { staked, total }, runningStake, written, balance] = await Promise.all([
        contract.account(of),
        contract.stakeLimit(of),
        contract.runningStake(of),
        contract.argumentsBy(claimId, of),
        actContract(reader).balanceOf(of),
      ]);
      const { credited, slashCount, jailedUntil, upvotesSinceJailed } = known;
      return {
        ...{ user: of, balance, credited, slashCount, jailedUntil, upvotesSinceJailed },
        ...{ limit: { staked, total }, runningStake, written, isCurator: curator, isSlasher: slasher },
      };
    },
    user !== undefined,
  );
}

/** Roles change rarely: they are read once. */
function useRoles(user: string | undefined) {
  const { reader, network } = usePlace();
  return useQuery({
    queryKey: ["curation roles", network.chainId, user],
    queryFn: async () => {
      const manager = AccessManager__factory.connect(network.contracts.AccessManager.address, reader.provider);
      const [curator, slasher] = await Promise.all(
        [Role.Curator, Role.Slasher].map((role) => manager.hasRole(role, user ?? "")),
      );
      const holds = (role: typeof curator) => role?.isMember === true && role.executionDelay === 0n;
      return { curator: holds(curator), slasher: holds(slasher) };
    },
    enabled: user !== undefined,
  });
}
