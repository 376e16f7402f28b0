import type { Capacities } from "../suite.ts";
import { largest } from "./capacity.ts";
import { Crowd } from "./stake-crowd.ts";
import { openStakeStage } from "./stake-stage.ts";

/** More people than a transaction goes through. */
const SIZE = 1_500;
/** How many go into a transaction where nothing is measured. */
const AT_ONCE = 300;

/** How many people of an ordinary mix one transaction of so much gas settles, and how many it pays. */
export async function measureCapacities(gas: bigint): Promise<Capacities> {
  const stage = await openStakeStage();
  try {
    const { truthSerum, cast, aside, sendBlock, send } = stage;
    const crowd = await Crowd.gather(stage, "a claim that very many speak on", SIZE);
    const { claimId, firstEpoch: epoch } = crowd;
    await crowd.commit(epoch);
    await crowd.reveal(epoch);

    const [from, to] = [cast.latecomer.address, await truthSerum.getAddress()];
    const at = crowd.settlingAt(epoch);
    const mostThatFit = (encode: (count: number) => string, progress: "scored" | "distributed") =>
      largest(SIZE, (count) =>
        aside(async () => {
          await sendBlock(at + BigInt(SIZE), [{ from, to, data: encode(count), gas }]);
          return (await truthSerum.epochState(claimId, epoch))[progress] === BigInt(count);
        }),
      );
    const abi = truthSerum.interface;
    const settled = await mostThatFit((count) => abi.encodeFunctionData("settle", [claimId, epoch, count]), "scored");
    for (let done = 0; done < SIZE; done += AT_ONCE) {
      await send(at + BigInt(done), () => truthSerum.settle(claimId, epoch, AT_ONCE));
    }
    const distributed = await mostThatFit(
      (count) => abi.encodeFunctionData("distribute", [claimId, epoch, count]),
      "distributed",
    );
    return { settle: settled, distribute: distributed };
  } finally {
    await stage.connection.close();
  }
}
