import type { Unit } from "../format/amounts.ts";

/** Says an error with these arguments to a person; `unit` is what amounts are in. */
export type Sentence<Args> = (args: Args, unit: Unit) => string;

/** A sentence for every custom error of some ABIs, by name, with its arguments as the ABI names them. */
export type Words<Abi extends readonly unknown[]> = {
  readonly [E in ErrorOf<Abi> as E["name"]]: Sentence<ArgsOf<E>>;
};

/** As a decoded error is looked up. */
export type AnyWords = Readonly<Record<string, Sentence<never>>>;

interface ErrorFragment {
  readonly type: "error";
  readonly name: string;
  readonly inputs: readonly { readonly name: string; readonly type: string }[];
}

type ErrorOf<Abi extends readonly unknown[]> = Extract<Abi[number], ErrorFragment>;

type ArgsOf<E extends ErrorFragment> = { readonly [I in E["inputs"][number] as I["name"]]: ValueOf<I["type"]> };

/** No error has a structure, a list or a boolean in it. */
type ValueOf<T extends string> = T extends `uint${string}` | `int${string}` ? bigint : string;
