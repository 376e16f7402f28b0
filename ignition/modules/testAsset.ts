import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Test dollars that anyone can mint, for local chains only. */
export default buildModule("TestAsset", (m) => ({ asset: m.contract("TestUSDC") }));
