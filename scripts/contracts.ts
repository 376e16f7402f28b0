import { addressesOf } from "../ignition/contracts.ts";
import type { Deployment } from "../ignition/deploy.ts";

/** What a deployment consists of, by name and address, in the order in which a reader meets it. */
export async function contractRows(deployment: Deployment): Promise<[name: string, address: string][]> {
  return Object.entries(await addressesOf(deployment)).map(([name, address]) => [
    name === "BeliefMarket" ? "BeliefMarket (implementation)" : name,
    address,
  ]);
}
