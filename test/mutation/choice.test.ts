import { expect } from "chai";
import { choose } from "../../mutation/choose.ts";
import { jobsOf } from "../../mutation/jobs.ts";
import { Experience } from "../../mutation/order.ts";
import { someMutants } from "./mutants.ts";

const mutants = [...someMutants("A", ["f", "f", "f", "g"]), ...someMutants("B", ["h", "h"])];
const idsOf = (chosen: readonly { id: string }[]) => chosen.map(({ id }) => id);

describe("choose", () => {
  it("takes so many of each file", () => {
    expect(choose(mutants, 2, 1).map(({ file }) => file)).to.deep.equal([
      "contracts/A.sol",
      "contracts/A.sol",
      "contracts/B.sol",
      "contracts/B.sol",
    ]);
  });

  it("takes one of each function before a second of any", () => {
    expect(choose(mutants.slice(0, 4), 2, 1).map(({ where }) => where)).to.deep.equal(["A.f", "A.g"]);
  });

  it("takes the same for the same seed", () => {
    expect(choose(mutants.toReversed(), 2, 1)).to.have.members(choose(mutants, 2, 1));
  });

  it("takes others for another seed", () => {
    const many = someMutants("A", Array<string>(50).fill("f"));
    expect(idsOf(choose(many, 10, 1))).not.to.deep.equal(idsOf(choose(many, 10, 2)));
  });

  it("takes what a smaller sample has", () => {
    expect(choose(mutants, 3, 7)).to.include.members(choose(mutants, 1, 7));
  });
});

describe("jobsOf", () => {
  const stake = { file: "contracts/stake/StakeVault.sol", name: "StakeVault" };
  const market = { file: "contracts/market/BeliefMarket.sol", name: "BeliefMarket" };

  it("puts together what has the same contracts to compile", () => {
    const targets = new Map([
      ["contracts/A.sol", [stake]],
      ["contracts/B.sol", [market]],
    ]);
    const parts = jobsOf(mutants, targets).flatMap((job) => job.parts);
    expect(parts.map((part) => [part.targets[0]?.name, part.mutants.length])).to.deep.equal([
      ["StakeVault", 4],
      ["BeliefMarket", 2],
    ]);
  });

  it("compiles no more at once than a transaction can pay for", () => {
    const many = someMutants("A", Array<string>(61).fill("f"));
    const parts = jobsOf(many, new Map([["contracts/A.sol", [stake]]])).flatMap((job) => job.parts);
    expect(parts.map((part) => part.mutants.length)).to.deep.equal([30, 31]);
  });

  it("takes the behaviour tests of the contracts' mechanisms", () => {
    const [job] = jobsOf(
      mutants,
      new Map([
        ["contracts/A.sol", [stake, market]],
        ["contracts/B.sol", [stake, market]],
      ]),
    );
    expect(new Set(job?.tests.map((file) => file.split("/")[1]))).to.deep.equal(new Set(["stake", "market"]));
  });
});

describe("Experience", () => {
  const files = ["test/a/X.other.test.ts", "test/a/Y.slow.test.ts", "test/a/Y.quick.test.ts", "test/a/X.put.test.ts"];

  it("begins with the tests of the function, then those of the contract", () => {
    expect(new Experience().order(files, "X._put").slice(0, 2)).to.deep.equal([files[3], files[0]]);
  });

  it("prefers what noticed another change of the function", () => {
    const experience = new Experience();
    experience.noticed("test/a/Y.slow.test.ts", "X.take");
    expect(experience.order(files, "X.take")[0]).to.equal("test/a/Y.slow.test.ts");
  });

  it("prefers what takes less", () => {
    const experience = new Experience();
    experience.took("test/a/Y.slow.test.ts", 900);
    expect(experience.order(files, "X.put").slice(2)).to.deep.equal([files[2], files[1]]);
  });
});
