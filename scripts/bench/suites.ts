import type { Suite } from "./suite.ts";
import { argumentSuite } from "./suites/argument.ts";
import { councilSuite } from "./suites/council.ts";
import { marketSuite } from "./suites/market.ts";
import { querySuite } from "./suites/query.ts";
import { stakeSuite } from "./suites/stake.ts";

/** Every mechanism that is measured; a new one adds its suite here. */
export const suites: readonly Suite[] = [marketSuite, stakeSuite, argumentSuite, querySuite, councilSuite];
