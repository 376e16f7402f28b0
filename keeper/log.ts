import { type Logger, pino } from "pino";
import pretty from "pino-pretty";

/** Where the keeper tells what it does. */
export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

/** How much it tells, from most to least. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A stream to write to; on a terminal lines are for people, elsewhere they are JSON. */
export type LogStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Opens a log: a JSON object on each line, or a coloured sentence on a terminal. */
export function openLog(level: LogLevel, stream: LogStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return stream.isTTY === true
    ? pino(options, pretty({ destination: stream, colorize: true, singleLine: true, translateTime: "SYS:HH:MM:ss" }))
    : pino(options, stream);
}
