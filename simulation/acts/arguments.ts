import { ArgumentStatus, UnhelpfulReason } from "../../sdk/argument/state.ts";
import { Side } from "../../sdk/market/side.ts";
import type { Call } from "../contract.ts";
import { type Person, portionOf } from "../people.ts";
import { callBy, type Scene } from "../scene.ts";

const SENTENCE = "What was measured does not say what is claimed here. ";

/** Somebody writes; who attacks, much of it and too short. */
export function createArgument(scene: Scene, person: Person): Call | undefined {
  const { arguing } = scene.stage;
  const claimId = scene.any(arguing.claims);
  if (claimId === undefined) return undefined;
  const { creationStake } = arguing.model.params();
  if (scene.tokens(person) < creationStake && !scene.errs(person)) return undefined;
  const count = arguing.argumentIds().length;
  const summary = scene.errs(person) ? "Spam" : `${SENTENCE}(${count})`;
  const side = scene.pick([Side.Support, Side.Oppose]);
  const body = SENTENCE.repeat(Number(scene.random(1n, 8n)));
  return callBy(person, arguing.setup.contract, "createArgument", claimId, side, summary, body);
}

/** Mostly an argument of somebody else that is live; once in a while one's own, or twice. */
export function upvote(scene: Scene, person: Person): Call | undefined {
  const { model, setup } = scene.stage.arguing;
  const argumentId = anyArgument(
    scene,
    person,
    (id) => model.argument(id).creator !== person.address && !model.hasUpvoted(id, person.address),
  );
  return argumentId === undefined ? undefined : callBy(person, setup.contract, "upvote", argumentId);
}

/** Somebody takes an argument of theirs back, or tries to. */
export function deleteArgument(scene: Scene, person: Person): Call | undefined {
  const { model, setup } = scene.stage.arguing;
  const argumentId = anyArgument(scene, person, (id) => model.argument(id).creator === person.address);
  return argumentId === undefined ? undefined : callBy(person, setup.contract, "deleteArgument", argumentId);
}

/** Curators find arguments of those who attack unhelpful, and once in a while others. */
export function markUnhelpful(scene: Scene, person: Person): Call | undefined {
  const { officers, arguing } = scene.stage;
  const { model, setup } = arguing;
  const attackers = new Set(
    scene.people.filter((each) => each.character.name === "hostile").map((each) => each.address),
  );
  const argumentId = anyArgument(scene, person, (id) => {
    const { creator } = model.argument(id);
    const isBad = attackers.has(creator) || scene.oneIn(6n);
    return isBad && creator !== person.address && !model.hasMarked(id, person.address);
  });
  if (argumentId === undefined) return undefined;
  const by = scene.pick([person.address, person.address, officers.curator, officers.slasher]);
  const reason = scene.pick(Object.values(UnhelpfulReason));
  return callBy({ address: by }, setup.contract, "markUnhelpful", argumentId, reason);
}

/** Somebody takes what expired stakes and marks gave them. */
export function withdrawArgued(scene: Scene, person: Person): Call | undefined {
  const { model, setup } = scene.stage.arguing;
  if (model.account(person.address).credited === 0n && !scene.trespasses(person)) return undefined;
  return callBy(person, setup.contract, "withdraw");
}

/** Somebody pays for interest, or for expired stakes to be processed. */
export function tendArguments(scene: Scene, person: Person): Call {
  const { contract } = scene.stage.arguing.setup;
  if (scene.oneIn(2n)) return callBy(person, contract, "processExpired", scene.pick([1n, 5n, 100n]));
  const amount = portionOf(person, scene.random, scene.tokens(person) / 20n, 1n);
  return callBy(person, contract, "fundRewards", scene.errs(person) ? 0n : amount);
}

/** A live argument for which it holds; where somebody errs, any. */
function anyArgument(scene: Scene, person: Person, isWanted: (argumentId: bigint) => boolean): bigint | undefined {
  const { arguing } = scene.stage;
  const ids = arguing.argumentIds();
  if (scene.errs(person)) return scene.any(ids);
  const live = ids.filter((id) => arguing.model.argument(id).status === ArgumentStatus.Live);
  return scene.any(live.filter(isWanted));
}
