import { actUnits } from "../../scripts/demo/format.ts";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import { ARGUMENT_RULES } from "../fixtures/amounts.ts";

/** The default rules, in the units of ACT. */
export const ACT_RULES: ArgumentParams = {
  ...ARGUMENT_RULES,
  upvoteStake: actUnits("10"),
  creationStake: actUnits("50"),
  minCuratorStake: actUnits("50"),
};

const JUNEAU = "Juneau is the capital of Alaska";

/** An argument as a file has it, with what a test cares about in `given`. */
export function written(given: Readonly<Record<string, string>> = {}) {
  return {
    key: "juneau",
    claim: JUNEAU,
    side: "support",
    author: "ann",
    summary: "The legislature of Alaska sits in Juneau",
    body: "It has met there since the seat was moved from Sitka.",
    ...given,
  };
}

/** A small debate as a file has it: Ann and Bob disagree about a claim. */
export const DEBATE = {
  about: "A debate for tests.",
  debaters: [
    { name: "ann", purse: "300" },
    { name: "bob", purse: "140" },
  ],
  claims: [JUNEAU],
  arguments: [
    written(),
    written({
      key: "anchorage",
      side: "oppose",
      author: "bob",
      summary: "Anchorage is by far the largest city",
      body: "Two in five people of Alaska live there.",
    }),
  ],
};
