import { parseSkating, type Skating } from "../../scripts/demo/queries/skating.ts";

/** A small free skate as a file has it: five judges agree on who is in the upper half, and on little else. */
export const SKATING_LINES: readonly string[] = [
  "skater,ann,ben,cas,dan,eve",
  "hana,1,2,1,3,1",
  "sara,2,1,3,1,2",
  "mira,3,3,2,2,3",
  "tara,4,5,4,6,4",
  "fumi,5,4,5,4,7",
  "nina,6,7,6,5,6",
  "lucy,7,6,7,7,5",
];

/** The same, read. */
export function smallSkating(): Skating {
  return parseSkating(SKATING_LINES.join("\n"), "skating.csv");
}
