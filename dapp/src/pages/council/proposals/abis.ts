import { Interface } from "ethers";
import { CONTRACT_NAMES, CONTRACTS } from "../../../../../ignition/contracts.ts";
import { TestUSDC__factory } from "../../../../../typechain-types/index.ts";
import type { Network } from "../../../chain/network.ts";
import type { KnownContracts } from "./decode.ts";

/** The protocol's contracts with their ABIs, and the dollars. All ABIs together: to be loaded when they are needed. */
export function contractsOf({ contracts, asset }: Network): KnownContracts {
  const protocol = CONTRACT_NAMES.map(
    (name) => [contracts[name].address.toLowerCase(), { name, abi: new Interface(CONTRACTS[name].abi) }] as const,
  );
  const dollars = { name: asset.symbol, abi: new Interface(TestUSDC__factory.abi) };
  return new Map([...protocol, [asset.address.toLowerCase(), dollars]]);
}
