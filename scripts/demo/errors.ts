import { CredenceError } from "../../sdk/errors.ts";

/** The command line or the file it names is wrong: the message tells the user what to change. Nothing was run. */
export class BadInputError extends CredenceError {}
