/** The largest count up to `limit` that fits: all below it do, and none above. */
export async function largest(limit: number, fits: (count: number) => Promise<boolean>): Promise<bigint> {
  let [most, tooMany] = [0, limit + 1];
  while (tooMany - most > 1) {
    const count = Math.floor((most + tooMany) / 2);
    if (await fits(count)) most = count;
    else tooMany = count;
  }
  return BigInt(most);
}
