import { ArgumentModel } from "../../../sdk/argument/model.ts";
import type { ArgumentParams } from "../../../sdk/argument/params.ts";
import type { UnhelpfulReason } from "../../../sdk/argument/state.ts";
import type { Side } from "../../../sdk/market/side.ts";
import { ModelError } from "../../../sdk/model-error.ts";
import type { Check } from "../checks.ts";
import type { Purse } from "../purses.ts";
import type { Snapshot } from "./accounts.ts";
import type { DebateEvent } from "./events.ts";
import type { ArgumentOutcome } from "./figures.ts";
import type { Person, PlannedClaim } from "./plan.ts";
import type { Refused } from "./stage.ts";

/** What happened on the chain, and how it ended. */
export interface Lived {
  readonly rules: ArgumentParams;
  /** Address of the contract. */
  readonly staking: string;
  readonly people: readonly Person[];
  /** Addresses, by person. */
  readonly users: readonly string[];
  readonly claims: readonly PlannedClaim[];
  readonly arguments: readonly ArgumentOutcome[];
  readonly events: readonly DebateEvent[];
  readonly refused: readonly Refused[];
  /** By person. */
  readonly purses: readonly Purse[];
  /** The contract's books at the end. */
  readonly end: Snapshot;
}

/** More stakes than ever run. */
const ALL = 2n ** 32n;

/** Lives through the same debate in the reference model, and compares how it ends to the unit. */
export function modelChecks(lived: Lived): Check[] {
  const { rules, staking, people, users, claims, arguments: outcomes, events, refused, purses, end } = lived;
  const model = new ArgumentModel(rules, staking);
  for (const { claimId } of claims) model.addClaim(claimId);
  for (const [person, { purse }] of people.entries()) model.token.mint(users[person] as string, purse);

  const checks: Check[] = [];
  const happenings = [...events, ...refused].sort((a, b) => Number(a.at - b.at));
  for (const happening of happenings) {
    if ("error" in happening) checks.push(refusalCheck(model, happening, lived));
    else {
      const failed = eventCheck(model, happening, lived);
      if (failed !== undefined) return [...checks, failed]; // from here on the model lives another life
    }
  }
  const { free, reserved } = model.rewardReserve();
  return [
    ...checks,
    ...people.map(({ name }, person) => ({
      equation: `${name}: balance = balance in the model`,
      difference: (purses[person]?.after ?? 0n) - model.token.balanceOf(users[person] as string),
    })),
    ...outcomes.map(({ id, counters }) => ({
      equation: `#${id}: totalStake = totalStake in the model`,
      difference: counters.totalStake - model.argument(id).totalStake,
    })),
    { equation: "free = free in the model", difference: end.free - free },
    { equation: "reserved = reserved in the model", difference: end.reserved - reserved },
    { equation: "owed = owed in the model", difference: end.owed - model.owed() },
  ];
}

/** Does what an event tells; a failing check where the model refuses it. */
function eventCheck(model: ArgumentModel, event: DebateEvent, lived: Lived): Check | undefined {
  try {
    act(model, event, lived);
    return undefined;
  } catch (refusal) {
    if (!(refusal instanceof ModelError)) throw refusal;
    return { equation: `${event.kind} = refused by the model: ${refusal.message}`, difference: 1n };
  }
}

/** What an event tells, done in the model. What follows from something else is left to the model. */
function act(model: ArgumentModel, event: DebateEvent, { users, arguments: outcomes }: Lived): void {
  const { at } = event;
  switch (event.kind) {
    case "funded":
      model.fundRewards(event.user, event.amount, at);
      return;
    case "created": {
      const { user, claimId, side, summary, body } = event;
      model.createArgument(user, { claimId, side: Number(side) as Side, summary, body }, at);
      return;
    }
    case "upvoted":
      model.upvote(event.user, event.argumentId, at);
      return;
    case "deleted": {
      const creator = outcomes.find(({ id }) => id === event.argumentId)?.creator ?? 0;
      model.deleteArgument(users[creator] as string, event.argumentId, at);
      return;
    }
    case "marked":
      model.markUnhelpful(event.user, event.argumentId, Number(event.reason) as UnhelpfulReason, at);
      return;
    case "expired":
      model.processExpired(ALL, at);
      return;
    case "withdrawn":
      model.withdraw(event.user, at);
  }
}

/** Whether the model refuses the same with the same error. */
function refusalCheck(model: ArgumentModel, { draft, step, argumentId, error, at }: Refused, { users }: Lived): Check {
  const user = users[step.person] as string;
  const equation = `${error.name} = error in the model`;
  try {
    if (argumentId === undefined) model.createArgument(user, draft, at);
    else model.upvote(user, argumentId, at);
  } catch (refusal) {
    if (!(refusal instanceof ModelError)) throw refusal;
    const isSame = refusal.name === error.name && refusal.args.every((fact, index) => fact === error.args[index]);
    return { equation, difference: isSame ? 0n : 1n };
  }
  return { equation, difference: 1n };
}
