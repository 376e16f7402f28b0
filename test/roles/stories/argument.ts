import { Role } from "../../../sdk/roles.ts";
import { CLAIM } from "../../fixtures/amounts.ts";
import { BODY, SUMMARY } from "../../fixtures/arguments.ts";
import { ACT } from "../../fixtures/council.ts";
import { fieldsOf } from "../../fixtures/structs.ts";
import { pausable, recording } from "../calls.ts";
import type { Telling } from "../story.ts";

/** An argument that lives to its end; then one that is deleted, and one that is found unhelpful. */
export const argumentStory: Telling = async (stage) => {
  const { argumentStaking, authority, outsider, partner, team, timelock, connection } = stage;
  const curator = stage.crowd[0] ?? partner;
  const forum = argumentStaking.connect(outsider);
  await argumentStaking.connect(team).fundRewards(ACT(1_000));
  const council = authority.connect(await stage.as(timelock));
  await council.grantRole(Role.Slasher, team, 0n);
  const params = fieldsOf(await argumentStaking.params());
  const { period } = await argumentStaking.params();
  const speech = [CLAIM, 0n, SUMMARY, BODY] as const;
  await argumentStaking.connect(curator).createArgument(...speech); // whose stake lets them find others unhelpful
  let argumentId = 2n;
  const speak = async () => {
    argumentId = await forum.createArgument.staticCall(...speech);
    await forum.createArgument(...speech);
  };
  return {
    contract: argumentStaking,
    phases: {
      "not written": async () => undefined,
      untouched: speak,
      upvoted: () => forum.connect(partner).upvote(argumentId),
      "its stake over": async () => {
        await connection.networkHelpers.time.increase(period);
        await argumentStaking.connect(curator).createArgument(...speech);
      },
      "stake processed": () => forum.processExpired(10n),
      deleted: async () => {
        await speak();
        await forum.deleteArgument(argumentId);
      },
      "found unhelpful": async () => {
        await speak();
        await forum.connect(team).markUnhelpful(argumentId, 0n);
      },
    },
    calls: {
      createArgument: () => ({ by: outsider, args: speech }),
      upvote: () => ({ by: team, args: [argumentId] }),
      deleteArgument: () => ({ by: outsider, args: [argumentId] }),
      markUnhelpful: () => ({ by: curator, args: [argumentId, 0n] }),
      withdraw: () => ({ by: outsider }),
      processExpired: () => ({ by: partner, args: [10n] }),
      fundRewards: () => ({ by: partner, args: [ACT(1)] }),
      setParams: () => ({ by: timelock, args: [params] }),
      ...recording(stage),
      ...pausable(stage),
    },
  };
};
