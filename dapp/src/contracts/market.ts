import { BeliefFactory__factory, BeliefMarket__factory, TestUSDC__factory } from "../../../typechain-types/index.ts";
import { connected } from "./connected.ts";

/** The contracts of belief markets. Each mechanism has a module of its own, so that a page loads what it needs. */
export const marketContracts = connected(({ network, provider }) => ({
  beliefFactory: BeliefFactory__factory.connect(network.contracts.BeliefFactory.address, provider),
  /** The market at an address that the factory has told. */
  marketAt: (address: string) => BeliefMarket__factory.connect(address, provider),
}));

/** The dollars: only those of a local chain have `mint`. */
export const assetContract = connected(({ network, provider }) =>
  TestUSDC__factory.connect(network.asset.address, provider),
);
