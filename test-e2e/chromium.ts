import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where Chromium is on the systems that people test on; `CREDENCE_CHROMIUM` names another place. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Opens the system's Chromium; throws where there is none. */
export async function openChromium(): Promise<Browser> {
  const executablePath = process.env.CREDENCE_CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      "There is no Chromium: install it (Debian: apt-get install chromium), or set CREDENCE_CHROMIUM to it",
    );
  }
  // Chromium has no sandbox of its own for root, which is who runs in a container.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}
