import { ConvictionMarket__factory, StakeVault__factory, TruthSerum__factory } from "../../../typechain-types/index.ts";
import { connected } from "./connected.ts";

/** The contracts of the stake system. */
export const stakeContracts = connected(({ network: { contracts }, provider }) => ({
  stakeVault: StakeVault__factory.connect(contracts.StakeVault.address, provider),
  convictionMarket: ConvictionMarket__factory.connect(contracts.ConvictionMarket.address, provider),
  truthSerum: TruthSerum__factory.connect(contracts.TruthSerum.address, provider),
}));
