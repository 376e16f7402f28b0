import { expect } from "chai";
import { Interface } from "ethers";
import hre from "hardhat";
import { type Built, build } from "../../mutation/build.ts";
import type { Mutant } from "../../mutation/mutant.ts";
import { mutantsOf } from "../../mutation/mutate.ts";
import { FILE, PURSE } from "./sources.ts";

const targets = [{ file: FILE, name: "Purse" }];
const purse = new Interface(["function double(uint256) view returns (uint256)"]);

describe("build", () => {
  let mutants: readonly Mutant[];

  const find = (replacement: string, operator?: string) =>
    mutants.find(
      (each) => each.replacement === replacement && (operator === undefined || each.operator === operator),
    ) as Mutant;

  before(() => {
    mutants = mutantsOf([FILE], PURSE);
  });

  describe("when changes compile beside the originals", () => {
    let built: Built;
    let double: (coinbase: number) => Promise<bigint>;

    before(async () => {
      const changes = [find("x / 2"), find("(2 + 1)"), find("held = amount;")];
      [built] = [...build({ targets, mutants: changes }, PURSE)] as [Built];
      const { ethers, networkHelpers } = await hre.network.create();
      const [signer] = await ethers.getSigners();
      const creation = await signer?.sendTransaction({ data: built.codes?.get("Purse") ?? "" });
      const to = (await creation?.wait())?.contractAddress ?? "";
      double = async (coinbase) => {
        await networkHelpers.setCoinbase(`0x${coinbase.toString(16).padStart(40, "0")}`);
        await networkHelpers.mine();
        const data = await ethers.provider.call({ to, data: purse.encodeFunctionData("double", [6n]) });
        return purse.decodeFunctionResult("double", data)[0];
      };
    });

    it("has them all in one code", () => {
      expect(built.mutants.map(({ mutant }) => mutant.replacement)).to.deep.equal([
        "x / 2",
        "(2 + 1)",
        "held = amount;",
      ]);
    });

    it("does what the original does while none is on", async () => {
      expect(await double(0)).to.equal(12n);
    });

    for (const [index, expected] of [3n, 18n, 12n].entries()) {
      it(`does what change ${index} says while that is on`, async () => {
        expect(await double(built.mutants[index]?.coinbase ?? 0)).to.equal(expected);
      });
    }
  });

  it("compiles a modifier's removal in the place of the modifier", () => {
    const [built] = [...build({ targets, mutants: [find("", "modifier")] }, PURSE)];
    expect(built?.mutants.map(({ coinbase }) => coinbase)).to.deep.equal([undefined]);
  });

  it("tells of a change that the compiler refuses, and compiles the others", () => {
    const wrong = { ...find("x / 2"), replacement: "nothing" };
    const results = [...build({ targets, mutants: [wrong, find("(2 + 1)")] }, PURSE)];
    expect(results.map(({ codes, mutants: own }) => [codes !== undefined, own[0]?.mutant.replacement])).to.deep.equal([
      [true, "(2 + 1)"],
      [false, "nothing"],
    ]);
  });
});
