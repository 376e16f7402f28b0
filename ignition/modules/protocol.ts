import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { argumentOn } from "./argument.ts";
import { type CouncilModule, councilOn, type Treasurer } from "./council.ts";
import { type Asset, type AssetOf, marketOn } from "./market.ts";
import { queryOn } from "./query.ts";
import { stakeOn } from "./stake.ts";

/** The whole protocol as a module. */
export type ProtocolModule = ReturnType<typeof protocolOn<Asset, Asset>>;

/** The council's token, in which arguments are staked unless a test stakes another one. */
const actOf =
  (councilModule: CouncilModule): AssetOf =>
  (m) =>
    m.useModule(councilModule).councilToken;

/**
 * The whole protocol. One module, because Ignition resumes one module of a journal at a time and takes whatever another
 * one left unfinished for a failure.
 *
 * @param assetOf Where the ERC-20 that markets, stake system and query escrow run on comes from.
 * @param treasurer Who gets what of the council's first supply is for treasury and community rewards.
 * @param tokenOf Where the ERC-20 that arguments are staked in comes from; the council's token unless given.
 */
export function protocolOn<A extends Asset, T extends Asset>(
  assetOf: AssetOf<A>,
  treasurer: Treasurer,
  tokenOf?: AssetOf<T>,
) {
  const marketModule = marketOn(assetOf);
  const councilModule = councilOn(treasurer);
  const stakeModule = stakeOn(marketModule);
  const argumentModule = argumentOn<Asset>(marketModule, councilModule, tokenOf ?? actOf(councilModule));
  const queryModule = queryOn(marketModule, councilModule);
  return buildModule("Protocol", (m) => ({
    ...m.useModule(marketModule),
    ...m.useModule(stakeModule),
    ...m.useModule(argumentModule),
    ...m.useModule(queryModule),
    ...m.useModule(councilModule),
  }));
}

/** On the ERC-20 that the parameters name as `Market.asset`; the timelock is the treasury. */
export default protocolOn((m) => m.getParameter<string>("asset"), "timelock");
