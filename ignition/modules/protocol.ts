import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { argumentOn } from "./argument.ts";
import { type Asset, type AssetOf, marketOn } from "./market.ts";
import { queryOn } from "./query.ts";
import { stakeOn } from "./stake.ts";

/**
 * The whole protocol. One module, because Ignition resumes one module of a journal at a time and takes whatever another
 * one left unfinished for a failure.
 *
 * @param assetOf Where the ERC-20 that markets, stake system and query escrow run on comes from.
 * @param tokenOf Where the ERC-20 that arguments are staked in comes from.
 */
export function protocolOn<A extends Asset, T extends Asset>(assetOf: AssetOf<A>, tokenOf: AssetOf<T>) {
  const marketModule = marketOn(assetOf);
  const stakeModule = stakeOn(marketModule);
  const argumentModule = argumentOn(marketModule, tokenOf);
  const queryModule = queryOn(marketModule);
  return buildModule("Protocol", (m) => ({
    ...m.useModule(marketModule),
    ...m.useModule(stakeModule),
    ...m.useModule(argumentModule),
    ...m.useModule(queryModule),
  }));
}

/** On the ERC-20s that the parameters name as `Market.asset` and `Argument.token`. */
export default protocolOn(
  (m) => m.getParameter<string>("asset"),
  (m) => m.getParameter<string>("token"),
);
