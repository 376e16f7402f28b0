import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { type Asset, type AssetOf, marketOn } from "./market.ts";
import { stakeOn } from "./stake.ts";

/**
 * The whole protocol. One module, because Ignition resumes one module of a journal at a time and takes whatever another
 * one left unfinished for a failure.
 *
 * @param assetOf Where the ERC-20 that the protocol runs on comes from.
 */
export function protocolOn<A extends Asset>(assetOf: AssetOf<A>) {
  const marketModule = marketOn(assetOf);
  const stakeModule = stakeOn(marketModule);
  return buildModule("Protocol", (m) => ({ ...m.useModule(marketModule), ...m.useModule(stakeModule) }));
}

/** On the ERC-20 that the parameters name as `Market.asset`. */
export default protocolOn((m) => m.getParameter<string>("asset"));
