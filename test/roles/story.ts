import { type Addressable, type BaseContract, type ErrorFragment, resolveAddress } from "ethers";
import { CONTRACTS } from "../../ignition/contracts.ts";
import { revertDataOf } from "./probe.ts";
import type { Stage } from "./stage.ts";

/** A call by who may make it, with arguments that are right. */
export interface Call {
  by: string | Addressable;
  args?: readonly unknown[];
}

/** The life of what a contract keeps, and what everybody would call in it. */
export interface Story {
  contract: BaseContract;
  /** What brings each phase about, in the order in which they come. */
  phases: Readonly<Record<string, () => Promise<unknown>>>;
  /** Every function that changes something, as it is called in the phase that is. */
  calls: Readonly<Record<string, () => Call | Promise<Call>>>;
}

/** Begins a story on a stage. */
export type Telling = (stage: Stage) => Promise<Story>;

/** What a call is answered with that goes through. */
export const YES = "yes";

/** The phases of what has none. */
export const ALWAYS = "at any time";

/** A call as a node takes it. */
export interface Message {
  from: string;
  to: string;
  data: string;
}

/** The message of a story's call. */
export async function messageOf({ contract, calls }: Story, name: string): Promise<Message> {
  const tell = calls[name];
  if (tell === undefined) throw new Error(`no story calls ${name}`);
  const { by, args = [] } = await tell();
  return {
    from: await resolveAddress(by),
    to: await contract.getAddress(),
    data: contract.interface.encodeFunctionData(name, await Promise.all(args.map(plain))),
  };
}

/** Accounts and contracts among arguments, by their addresses. */
async function plain(argument: unknown): Promise<unknown> {
  const isAccount = typeof argument === "object" && argument !== null && "getAddress" in argument;
  return isAccount ? (argument as Addressable).getAddress() : argument;
}

/** What a message is answered with as of the latest block, of which nothing stays: `YES`, or the error's name. */
export async function answerTo({ connection }: Stage, message: Message): Promise<string> {
  try {
    await connection.provider.request({ method: "eth_call", params: [message, "latest"] });
    return YES;
  } catch (error) {
    const data = revertDataOf(error);
    if (data === undefined) throw error;
    return ERRORS.get(data.slice(0, 10)) ?? `unknown error ${data}`;
  }
}

/** What each function of a story is answered with in the phase that is. */
export async function answersIn(stage: Stage, story: Story): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const name of Object.keys(story.calls)) answers[name] = await answerTo(stage, await messageOf(story, name));
  return answers;
}

/** The errors of all contracts, by their selectors, and the one of the compiler's. */
const ERRORS = new Map([["0x4e487b71", "Panic"]]);
for (const factory of Object.values(CONTRACTS)) {
  factory.createInterface().forEachError(({ selector, name }: ErrorFragment) => ERRORS.set(selector, name));
}
