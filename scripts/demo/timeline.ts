import { DAY, HOUR } from "./time.ts";

/** An instant of a story: `day 3 15:00`. @param at Unix seconds. @param start When the story begins. */
export function moment(at: bigint, start: bigint): string {
  const since = at - start;
  const two = (value: bigint) => value.toString().padStart(2, "0");
  return `day ${since / DAY} ${two((since % DAY) / HOUR)}:${two((since % HOUR) / 60n)}`;
}

/** Steps that happen at one second together, in their order. */
export function groupByTime<S extends { readonly at: bigint }>(steps: readonly S[]): S[][] {
  const groups = new Map<bigint, S[]>();
  for (const step of steps) {
    const group = groups.get(step.at);
    if (group === undefined) groups.set(step.at, [step]);
    else group.push(step);
  }
  return [...groups.values()];
}
