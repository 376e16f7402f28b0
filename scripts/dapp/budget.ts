import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** The most bytes of script, gzipped, that the first page may load. */
export const MOST_FIRST_LOAD = 250_000;

/** The page that opens first, by the name of its module. */
const FIRST_PAGE = "ClaimsPage";

/** Bytes of script, gzipped, that a browser loads until the first page stands: what the document names, and the page. */
export async function firstLoadOf(folder: string): Promise<number> {
  const document = await readFile(join(folder, "index.html"), "utf8");
  const assets = (await readdir(join(folder, "assets"))).filter((file) => file.endsWith(".js"));
  const loaded = new Set<string>();
  const load = async (file: string): Promise<void> => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const code = await readFile(join(folder, "assets", file), "utf8");
    for (const [, imported] of code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) await load(imported ?? "");
  };
  for (const file of assets.filter((name) => document.includes(name) || name.startsWith(`${FIRST_PAGE}-`))) {
    await load(file);
  }
  let bytes = 0;
  for (const file of loaded) bytes += gzipSync(await readFile(join(folder, "assets", file))).length;
  return bytes;
}
