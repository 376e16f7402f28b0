import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build, type InlineConfig } from "vite";
import type { Network } from "../src/chain/network.ts";
import { networksPlugin, policyPlugin, withoutBytecode } from "./plugins.ts";

/** The folder of the app. */
const DAPP_FOLDER = fileURLToPath(new URL("..", import.meta.url));

/**
 * How the app is built for some networks: into a folder that any file host serves from any path.
 *
 * @param outDir An absolute path; what is in it is deleted.
 */
export function configFor(networks: readonly Network[], outDir: string): InlineConfig {
  return {
    configFile: false,
    root: DAPP_FOLDER,
    base: "./",
    logLevel: "warn",
    define: { __HAS_LOCAL_CHAIN__: String(networks.some(({ isLocal }) => isLocal)) },
    plugins: [networksPlugin(networks), withoutBytecode(), react(), policyPlugin(networks)],
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2023",
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // What counts is the first load, gzipped: scripts/dapp/budget.ts.
      chunkSizeWarningLimit: 1_000,
    },
  };
}

/** Builds the app, for people: whatever NODE_ENV is meant for, a development build of React is not for them. */
export async function buildDapp(config: InlineConfig): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  try {
    await build(config);
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}
