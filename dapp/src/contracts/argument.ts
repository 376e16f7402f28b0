import { ArgumentStaking__factory } from "../../../typechain-types/index.ts";
import { connected } from "./connected.ts";

/** The contract of argument staking. */
export const argumentContract = connected(({ network, provider }) =>
  ArgumentStaking__factory.connect(network.contracts.ArgumentStaking.address, provider),
);
