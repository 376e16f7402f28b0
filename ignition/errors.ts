import { CredenceError } from "../sdk/errors.ts";

/** A deployment that must not or cannot go ahead; the message says what to do about it. */
export class DeploymentError extends CredenceError {}
