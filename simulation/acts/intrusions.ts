import { Role } from "../../sdk/roles.ts";
import type { Call } from "../contract.ts";
import { type Person, portionOf } from "../people.ts";
import { callBy, type Scene } from "../scene.ts";
import type { Zone } from "../zone.ts";

/** Somebody without a role does what needs one. */
export function intrude(scene: Scene, zone: Zone, person: Person): Call {
  const { governance, arguing, council, chamber } = scene.stage;
  const { vault, venue, serum } = zone.stake.setup.contracts;
  return scene.pick([
    callBy(person, vault, "debit", scene.person().address, 1n),
    callBy(person, vault, "credit", person.address, 1n),
    callBy(person, venue, "pauseEntries"),
    callBy(person, serum, "unpauseCommits"),
    callBy(person, zone.markets.setup.factory, "pauseCreation"),
    callBy(person, zone.queries.setup.escrow, "pauseEntries"),
    callBy(person, arguing.setup.contract, "setParams", arguing.model.params()),
    callBy(person, arguing.setup.contract, "pauseEntries"),
    callBy(person, council.setup.contracts.token, "mintInflation", person.address, 1n),
    callBy(person, chamber.setup.chamber, "pauseEntries"),
    callBy(person, governance.setup.governor, "setApproval", 5_000n),
    callBy(person, governance.setup.authority, "grantRole", Role.Admin, person.address, 0),
  ]);
}

/** The guardian stops one of the mechanisms, and lets it go on. */
export function pausing(scene: Scene, zone: Zone): readonly [stop: Call, goOn: Call] {
  const { officers, arguing, council, chamber } = scene.stage;
  const guardian = { address: officers.guardian };
  const { venue, serum } = zone.stake.setup.contracts;
  return scene.pick([
    [callBy(guardian, venue, "pauseEntries"), callBy(guardian, venue, "unpauseEntries")],
    [callBy(guardian, serum, "pauseCommits"), callBy(guardian, serum, "unpauseCommits")],
    ...[zone.queries.setup.escrow, arguing.setup.contract, council.setup.contracts.staking, chamber.setup.chamber].map(
      (on) => [callBy(guardian, on, "pauseEntries"), callBy(guardian, on, "unpauseEntries")] as const,
    ),
    [
      callBy(guardian, zone.markets.setup.factory, "pauseCreation"),
      callBy(guardian, zone.markets.setup.factory, "unpauseCreation"),
    ],
  ]);
}

/** Somebody sends units of the asset to somebody else, or to a contract that did not ask for them. */
export function sendUnits(scene: Scene, zone: Zone, person: Person): Call {
  const { vault, venue } = zone.stake.setup.contracts;
  const markets = [...zone.markets.byClaim.values()].map(({ contract }) => contract.address);
  const contracts = [vault.address, venue.address, zone.queries.setup.escrow.address, ...markets.slice(0, 2)];
  const amount = portionOf(person, scene.random, scene.balance(zone, person) / 10n, 1n);
  const isGift = person.character.name === "hostile" || scene.oneIn(8n);
  const to = isGift ? scene.pick(contracts) : scene.person().address;
  return callBy(person, zone.asset.token, "transfer", to, amount);
}
