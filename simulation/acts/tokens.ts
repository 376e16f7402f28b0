import type { Call } from "../contract.ts";
import type { HostileToken } from "../deployment.ts";
import { callBy, type Scene } from "../scene.ts";

/** In `ReentrantToken.Hook`. */
const HOOKS = [0n, 1n, 2n, 3n];

/** What the hostile token does of itself: shuts somebody out, or lets them in again; or gets ready to call back. */
export function provoke(scene: Scene, kind: HostileToken): Call | undefined {
  if (kind === "blacklist") return shutOut(scene);
  if (kind === "reentrant") return arm(scene);
  return undefined;
}

function shutOut(scene: Scene): Call {
  const { asset } = scene.stage.hostile;
  const [longest] = asset.shutOut;
  const isFull = asset.shutOut.size > 5 || scene.oneIn(2n);
  const [account, isShutOut] = longest !== undefined && isFull ? [longest, false] : [scene.person().address, true];
  return callBy({ address: scene.stage.officers.team }, asset.token, "setBlacklisted", account, isShutOut);
}

/** With the next move of tokens, the token calls whatever contract moves them: all those calls must be refused. */
function arm(scene: Scene): Call {
  const { asset, markets, stake, queries } = scene.stage.hostile;
  const { vault, venue } = stake.setup.contracts;
  const claimId = scene.any(stake.pools) ?? "0x".padEnd(66, "0");
  const calls = [
    ...[...markets.byClaim.values()].flatMap(({ contract }) => [
      dataOf(contract, "withdraw", 1n),
      dataOf(contract, "claimRewards", 1n),
      dataOf(contract, "exitEarly", 1n),
    ]),
    dataOf(vault, "withdraw", 1n),
    dataOf(venue, "sell", claimId, 0, 1n, 0n),
    dataOf(queries.setup.escrow, "withdraw"),
  ];
  return callBy({ address: scene.stage.officers.team }, asset.token, "arm", scene.pick(HOOKS), calls);
}

function dataOf(on: Call["on"], method: string, ...args: unknown[]): { target: string; data: string } {
  return { target: on.address, data: on.interface.encodeFunctionData(method, args) };
}
