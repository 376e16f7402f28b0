import { expect } from "chai";
import { TurnTaker } from "../../dapp/src/events/turns.ts";
import { failureOf } from "./events-scene.ts";

/** Something that ends when it is told to. */
class Work {
  #end: ((result: string) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  begun = 0;

  readonly act = () => {
    this.begun += 1;
    return new Promise<string>((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
  };

  end(result: string): void {
    this.#end?.(result);
  }

  fail(): void {
    this.#fail?.(new Error("went wrong"));
  }
}

/** Lets what is ready happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("turns", () => {
  let turns: TurnTaker<string>;
  let first: Work;
  let second: Work;

  beforeEach(() => {
    turns = new TurnTaker();
    first = new Work();
    second = new Work();
  });

  it("begins at once where nothing is done", () => {
    turns.take("feed", first.act);
    expect(first.begun).to.equal(1);
  });

  it("waits for what is done before", async () => {
    turns.take("feed", first.act);
    const waiting = turns.take("feed", second.act);
    await settle();
    expect(second.begun).to.equal(0);
    first.end("first");
    await settle();
    expect(second.begun).to.equal(1);
    second.end("second");
    expect(await waiting).to.equal("second");
  });

  it("lets all who wait share one turn", async () => {
    turns.take("feed", first.act);
    const waiting = [turns.take("feed", second.act), turns.take("feed", second.act), turns.take("feed", second.act)];
    first.end("first");
    await settle();
    second.end("second");
    expect(await Promise.all(waiting)).to.eql(["second", "second", "second"]);
    expect(second.begun).to.equal(1);
  });

  it("goes on after a failure", async () => {
    const failing = turns.take("feed", first.act);
    const waiting = turns.take("feed", second.act);
    first.fail();
    expect(await failureOf(failing)).to.match(/went wrong/);
    await settle();
    second.end("second");
    expect(await waiting).to.equal("second");
  });

  it("begins at once again when all is done", async () => {
    const done = turns.take("feed", first.act);
    first.end("first");
    await done;
    await settle();
    turns.take("feed", second.act);
    expect(second.begun).to.equal(1);
  });

  it("keeps names apart", () => {
    turns.take("feed", first.act);
    turns.take("other", second.act);
    expect(second.begun).to.equal(1);
  });
});
