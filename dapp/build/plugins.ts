import type { Plugin } from "vite";
import type { Network } from "../src/chain/network.ts";

const NETWORKS_MODULE = "virtual:networks";
const RESOLVED = `\0${NETWORKS_MODULE}`;

/** Gives the app the networks that it is built for. */
export function networksPlugin(networks: readonly Network[]): Plugin {
  return {
    name: "credence:networks",
    resolveId: (id) => (id === NETWORKS_MODULE ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? `export const networks = ${JSON.stringify(networks)};` : undefined),
  };
}

/** The bindings hold the contracts' code too, which nobody deploys from a browser. */
export function withoutBytecode(): Plugin {
  return {
    name: "credence:without-bytecode",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("/typechain-types/factories/")) return undefined;
      return { code: code.replace(/(const _bytecode =\s*)"[^"]*"/, '$1"0x"'), map: null };
    },
  };
}

/** What a page may load and talk to: itself, and the nodes of its networks. */
function policyFor(networks: readonly Network[]): string {
  const nodes = networks.map(({ rpcUrl }) => new URL(rpcUrl).origin);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${[...new Set(nodes)].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** Puts the policy into the built page, for hosts that send no headers of their own. */
export function policyPlugin(networks: readonly Network[]): Plugin {
  return {
    name: "credence:policy",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: policyFor(networks) },
        injectTo: "head-prepend",
      },
    ],
  };
}
