import { expect } from "chai";
import { openCouncil } from "../fixtures/council.ts";
import { load } from "../fixtures/protocol.ts";

describe("CouncilChamber, asked about a session that is not there", () => {
  for (const read of ["session", "members", "tallies"] as const) {
    for (const sessionId of [0n, 1n]) {
      it(`reverts when ${read} of ${sessionId} is read`, async () => {
        const world = await load(openCouncil);
        await expect(world.councilChamber[read](sessionId))
          .to.be.revertedWithCustomError(world.councilChamber, "SessionUnknown")
          .withArgs(sessionId);
      });
    }
  }
});
