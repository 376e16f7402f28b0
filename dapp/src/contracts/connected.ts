import type { Reader } from "../chain/reader.ts";

/**
 * Makes the contracts of a mechanism once for each way of reading, so that they are the same from one look to the next.
 *
 * @param connect Connects them.
 */
export function connected<T>(connect: (reader: Reader) => T): (reader: Reader) => T {
  const known = new WeakMap<Reader, T>();
  return (reader) => {
    const found = known.get(reader) ?? connect(reader);
    known.set(reader, found);
    return found;
  };
}
