import { defineConfig } from "hardhat/config";
import config from "../hardhat.config.ts";

// Code with changes in it is larger than what a chain takes.
export default defineConfig({
  ...config,
  networks: {
    ...config.networks,
    default: { type: "edr-simulated", chainType: "l1", allowUnlimitedContractSize: true },
  },
});
