import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What becomes of one request. */
export type Fault =
  /** An error of S3's, which never reaches it. */
  | { status: number; code: string }
  /** The connection is reset before there is an answer. */
  | "reset"
  /** The answer breaks off in the middle. */
  | "cut"
  /** No answer ever comes, and no sign that none will. */
  | "silent";

/** A way to S3 on which things go wrong when told to. */
interface FaultyWay {
  readonly address: string;
  /** Decides over each request, by its number from 1, method and path; undefined lets it through. */
  fault: (asked: { number: number; method: string; path: string }) => Fault | undefined;
  /** How many requests had a fault. */
  readonly faults: () => number;
  stop(): Promise<void>;
}

/** Opens a way to what answers at `to`. */
export async function openFaultyWay(to: string): Promise<FaultyWay> {
  let [number, faults] = [0, 0];
  const server = createServer(async (incoming, outgoing) => {
    number += 1;
    const { method = "", url = "" } = incoming;
    const fault = way.fault({ number, method, path: decodeURI(url) });
    if (fault !== undefined) faults += 1;
    if (fault === "silent") return;
    if (fault === "reset") return void incoming.socket.destroy();
    const body = await buffer(incoming);
    if (typeof fault === "object") {
      outgoing.writeHead(fault.status, { "content-type": "application/xml" });
      // The words may name what nobody should read in a log.
      const said = `<Error><Code>${fault.code}</Code><Message>Pat Sample 4000000000000002</Message></Error>`;
      return void outgoing.end(method === "HEAD" ? undefined : said);
    }
    passOn(new URL(url, to), incoming, body, outgoing, fault === "cut");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const way: FaultyWay = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: () => undefined,
    faults: () => faults,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return way;
}

function passOn(url: URL, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse, cut: boolean): void {
  const { method = "GET", headers } = incoming;
  request(url, { method, headers }, async (answer) => {
    const bytes = await buffer(answer);
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    if (!cut) return void outgoing.end(bytes);
    outgoing.write(bytes.subarray(0, bytes.length >> 1), () => outgoing.socket?.destroy());
  }).end(body);
}
