import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { marketOn } from "./market.ts";

/** Test dollars that anyone can mint. */
const testAssetModule = buildModule("TestAsset", (m) => ({ asset: m.contract("TestUSDC") }));

/**
 * For local chains: markets on test dollars. One module, because Ignition resumes one module of a journal at a time and
 * takes whatever another one left unfinished for a failure.
 */
export default marketOn((m) => m.useModule(testAssetModule).asset);
