import { expect } from "chai";
import { DAY } from "../test/fixtures/amounts.ts";
import { beginStory, chronicleOf, liveTests, storyToTell } from "./live.ts";

/** Milliseconds between two blocks. */
const BLOCK_TIME = 400;

/** Days until voting is over, and then until the proposal's time in the timelock is. */
const WAITS = [8n, 3n];

describe("two keepers of different accounts at the same time", () => {
  const openLive = liveTests();

  it("do nothing twice, leave nothing, and both end as a success", async () => {
    const live = await openLive();
    const { world, node, accounts } = live;
    const proposalId = await beginStory(world);
    await live.mineEvery(BLOCK_TIME);
    for (const days of WAITS) {
      await node.request("evm_increaseTime", Number(days * DAY));
      const keepers = accounts.map((account, index) =>
        live.launch("--once", "--from", account, "--state", `${live.folder}/state-${index}.json`),
      );
      expect(await Promise.all(keepers.map(({ ended }) => ended))).to.deep.equal([0, 0]);
    }
    expect(await chronicleOf(world)).to.deep.equal(await storyToTell(proposalId));
    for (const account of accounts) {
      const { mined, waiting } = await live.noncesOf(account);
      expect([mined > 0, waiting]).to.deep.equal([true, 0]);
    }
  });
});
