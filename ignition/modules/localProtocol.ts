import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { protocolOn } from "./protocol.ts";

/** Test dollars that anyone can mint. */
const testAssetModule = buildModule("TestAsset", (m) => ({ asset: m.contract("TestUSDC") }));

/** For local chains: the protocol on test dollars; the deployer has the whole supply of the council's token. */
export default protocolOn((m) => m.useModule(testAssetModule).asset, "deployer");
