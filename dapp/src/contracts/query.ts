import { QueryEscrow__factory, RankRegistry__factory } from "../../../typechain-types/index.ts";
import { connected } from "./connected.ts";

/** The contracts of queries. */
export const queryContracts = connected(({ network: { contracts }, provider }) => ({
  queryEscrow: QueryEscrow__factory.connect(contracts.QueryEscrow.address, provider),
  rankRegistry: RankRegistry__factory.connect(contracts.RankRegistry.address, provider),
}));
