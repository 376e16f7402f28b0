import type { Suite } from "./suite.ts";
import { marketSuite } from "./suites/market.ts";

/** Every mechanism that is measured; a new one adds its suite here. */
export const suites: readonly Suite[] = [marketSuite];
