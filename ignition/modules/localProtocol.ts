import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { protocolOn } from "./protocol.ts";

/** Test dollars that anyone can mint. */
const testAssetModule = buildModule("TestAsset", (m) => ({ asset: m.contract("TestUSDC") }));

/** Test tokens that anyone can mint. */
const testTokenModule = buildModule("TestToken", (m) => ({ token: m.contract("TestACT") }));

/** For local chains: the protocol on test dollars and test tokens. */
export default protocolOn(
  (m) => m.useModule(testAssetModule).asset,
  (m) => m.useModule(testTokenModule).token,
);
