import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

/** What RFC 6455 has a server add to a client's key. */
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Kinds of frames. */
const TEXT = 1;
const CLOSE = 8;

/** Lengths of a frame that say that the length is in the next 2 or 8 bytes. */
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;
const MASK_LENGTH = 4;

/** A WebSocket to a chain. */
export interface SocketLine {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Stands before what speaks JSON-RPC over HTTP, for who speaks it over a WebSocket with a message in one frame each. The
 * line breaks where a request cannot be passed on.
 */
export async function startSocketLine(httpUrl: string): Promise<SocketLine> {
  const sockets = new Set<Duplex>();
  const server = createServer().on("upgrade", ({ headers }, socket: Duplex) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    const accept = createHash("sha1").update(`${headers["sec-websocket-key"]}${GUID}`).digest("base64");
    const answer = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
    socket.write([...answer, `Sec-WebSocket-Accept: ${accept}`, "", ""].join("\r\n"));
    let received = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      for (let frame = frameIn(received); frame !== undefined; frame = frameIn(received)) {
        received = received.subarray(frame.size);
        if (frame.kind === CLOSE) socket.end();
        if (frame.kind === TEXT) passOn(httpUrl, frame.text, socket).catch(() => socket.destroy());
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Brings the answer to a request, under the request's id, whoever gave it. */
async function passOn(url: string, body: string, socket: Duplex): Promise<void> {
  const { id } = JSON.parse(body);
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
  socket.write(frameOf(JSON.stringify({ ...Object(await answer.json()), id })));
}

/** The frame of a client that the bytes begin with; `undefined` where there is more to come. */
function frameIn(bytes: Buffer): { kind: number; text: string; size: number } | undefined {
  const [first = 0, second = 0] = bytes;
  const short = second % 128;
  const lengthAt = 2;
  const maskAt = lengthAt + (short === IN_TWO_BYTES ? 2 : short === IN_EIGHT_BYTES ? 8 : 0);
  const begin = maskAt + MASK_LENGTH;
  if (bytes.length < begin) return undefined;
  const length = maskAt === lengthAt ? short : Number(`0x${bytes.subarray(lengthAt, maskAt).toString("hex")}`);
  const size = begin + length;
  if (bytes.length < size) return undefined;
  const mask = bytes.subarray(maskAt, begin);
  const text = bytes.subarray(begin, size).map((byte, index) => byte ^ (mask[index % MASK_LENGTH] ?? 0));
  return { kind: first % 16, text: Buffer.from(text).toString(), size };
}

/** A server's frame with a text. */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.from([128 + TEXT, IN_EIGHT_BYTES, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}
