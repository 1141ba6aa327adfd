import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { BusyError } from "#core/errors.ts";
import type { SelectResult } from "#core/ports/warehouse.ts";
import type { RunSummary } from "#core/run-summary.ts";
import type { ForgetOrder } from "#pipeline/forget.ts";
import type { FailedAudit } from "#pipeline/load/audit.ts";
import type { TableDigest } from "#pipeline/load/digest.ts";
import type { RawPurge } from "#pipeline/purge-raw-files.ts";
import type { Rotation } from "#pipeline/rotate-keys.ts";
import type { CafeChange } from "../operations/cafe-changes.ts";
import type { ChangedCafes } from "../operations/change-cafes.ts";
import type { Forgotten } from "../operations/forget-customer.ts";
import type { CafeListing } from "../operations/list-cafes.ts";
import type { Operations, RunOrder, RunWatcher } from "../operations/operations.ts";
import type { Identification } from "../operations/read-identification.ts";
import type { MetricOrder } from "../operations/read-metric.ts";
import type { Quarantine } from "../operations/read-quarantine.ts";
import type { ListedRun } from "../operations/read-runs.ts";
import type { Status } from "../operations/read-status.ts";
import type { Redriven } from "../operations/redrive.ts";
import type { DayTrace } from "../operations/trace-day.ts";
import { doorAnswer, revived, runLine } from "./door-messages.ts";

/** Where a door is, and what opens it. */
export interface DoorAddress {
  readonly port: number;
  readonly token: string;
}

/** The operations of the process behind a door. Its errors are thrown here as what they were there. */
export class RemoteOperations implements Operations {
  readonly #address: DoorAddress;

  constructor(address: DoorAddress) {
    this.#address = address;
  }

  async run(order: RunOrder, watcher: RunWatcher): Promise<RunSummary> {
    const response = await send(this.#address, "/run", order);
    for await (const line of createInterface({ input: response })) {
      const news = runLine.parse(JSON.parse(line));
      if ("progress" in news) watcher.onProgress(news.progress);
      else if ("problem" in news) watcher.onProblem(news.problem);
      else if ("failed" in news) throw revived(news.failed);
      else return news.done as RunSummary;
    }
    throw gone();
  }

  async select(sql: string): Promise<SelectResult> {
    return (await this.#ask("/select", { sql })) as SelectResult;
  }

  async status(): Promise<Status> {
    return (await this.#ask("/status")) as Status;
  }

  async runs(limit: number): Promise<ListedRun[]> {
    return (await this.#ask("/runs", { limit })) as ListedRun[];
  }

  async redrive(): Promise<Redriven> {
    return (await this.#ask("/redrive")) as Redriven;
  }

  async quarantine(): Promise<Quarantine> {
    return (await this.#ask("/quarantine")) as Quarantine;
  }

  async why(cafe: string, date: string): Promise<DayTrace> {
    return (await this.#ask("/why", { cafe, date })) as DayTrace;
  }

  async metric(order: MetricOrder): Promise<string> {
    return (await this.#ask("/metric", order)) as string;
  }

  async audit(): Promise<FailedAudit[]> {
    return (await this.#ask("/audit")) as FailedAudit[];
  }

  async digest(): Promise<TableDigest[]> {
    return (await this.#ask("/digest")) as TableDigest[];
  }

  async identification(): Promise<Identification> {
    return (await this.#ask("/identification")) as Identification;
  }

  async forget({ customerHashes, keyFingerprint }: ForgetOrder): Promise<Forgotten> {
    return (await this.#ask("/forget", { customerHashes: customerHashes.map(String), keyFingerprint })) as Forgotten;
  }

  async rotateKeys(): Promise<Rotation> {
    return (await this.#ask("/rotate-keys")) as Rotation;
  }

  async purge(dryRun: boolean): Promise<RawPurge> {
    return (await this.#ask("/purge", { dryRun })) as RawPurge;
  }

  async cafes(): Promise<CafeListing[]> {
    return (await this.#ask("/cafes")) as CafeListing[];
  }

  async changeCafes(change: CafeChange): Promise<ChangedCafes> {
    return (await this.#ask("/cafes/change", change)) as ChangedCafes;
  }

  /** The address of a fresh sign-in link. */
  async signInLink(): Promise<string> {
    return (await this.#ask("/link")) as string;
  }

  async #ask(path: string, body: object = {}): Promise<unknown> {
    const answer = doorAnswer.parse(JSON.parse(await text(await send(this.#address, path, body))));
    if ("failed" in answer) throw revived(answer.failed);
    return answer.done;
  }
}

/** Node's own client: `fetch` gives up on an answer that takes longer than five minutes to begin, and a run may. */
function send({ port, token }: DoorAddress, path: string, body: object): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const sent = request({ host: "127.0.0.1", port, path, method: "POST", headers }, (response) => {
      if (response.statusCode === 200) resolve(response);
      else {
        response.resume();
        reject(gone());
      }
    });
    sent.once("error", () => reject(gone()));
    sent.end(JSON.stringify(body));
  });
}

function gone(): BusyError {
  return new BusyError(
    "`infinity serve` stopped answering before it was done.",
    "Try again: if it has ended, this command will do the work itself, and nothing is done twice.",
  );
}
