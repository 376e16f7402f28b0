import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { Role } from "../../sdk/roles.ts";

describe("Role", () => {
  it("has the ids that the contracts ask for", async () => {
    const library = await readFile(new URL("../../contracts/shared/Roles.sol", import.meta.url), "utf8");
    const ids = [...library.matchAll(/uint64 internal constant (\w+) = (\d+);/g)].map(([, name = "", id = ""]) => [
      name.toLowerCase(),
      BigInt(id),
    ]);
    const known = Object.entries(Role).map(([name, id]) => [name.toLowerCase(), id]);
    expect(ids).to.have.length(2);
    expect(known).to.deep.include.members(ids);
  });
});
