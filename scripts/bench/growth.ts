import type { GrowthGas } from "./suite.ts";

/** Gas of each operation at each of the rising levels, which `measureAt` brings about and measures, one by one. */
export async function measureLevels(
  levels: readonly number[],
  measureAt: (level: number) => Promise<Readonly<Record<string, bigint>>>,
): Promise<GrowthGas> {
  const table: Record<string, Record<string, bigint>> = {};
  for (const level of levels) {
    for (const [operation, gas] of Object.entries(await measureAt(level))) {
      table[operation] = { ...table[operation], [level]: gas };
    }
  }
  return table;
}
