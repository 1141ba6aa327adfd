import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cafe, openChain } from "./cafes.ts";
import { CustomerPool } from "./customers.ts";
import { type Day, partsOf } from "./days.ts";
import type { GoodDay } from "./delivery.ts";
import { Demand, type Outlook } from "./demand.ts";
import { deliverFaulty, faultOf, type PlantedFault } from "./faults.ts";
import type { Plan } from "./options.ts";
import { PriceBook } from "./prices.ts";
import { seedWord } from "./random.ts";
import { Bookkeeper } from "./receipts.ts";
import { Till } from "./till.ts";
import type { VisitCounts } from "./visit-counts.ts";

/** What was written, in sum. Receipts and pence are those of the trade: planted faults do not change them. */
export interface Written {
  files: number;
  bytes: number;
  receipts: number;
  items: number;
  pence: number;
  /** Receipts and pence that never reach a till file whole, or not at all, because of a planted fault. */
  lostReceipts: number;
  lostPence: number;
  faults: PlantedFault[];
}

/** A sum of nothing yet. */
export function nothingWritten(): Written {
  return { files: 0, bytes: 0, receipts: 0, items: 0, pence: 0, lostReceipts: 0, lostPence: 0, faults: [] };
}

/** Files between two reports of progress. */
const REPORT_EVERY = 250;

/** Everything about a chain that the days of its cafés are written from. */
export class ChainWriter {
  readonly chain: readonly Cafe[];
  readonly #plan: Plan;
  readonly #seed: number;
  readonly #demand: Demand;
  readonly #prices: PriceBook;
  readonly #pools = new Map<number, CustomerPool>();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#seed = seedWord(plan.seed);
    this.chain = openChain(this.#seed, plan.cafes);
    this.#demand = new Demand(this.#seed, plan.receipts);
    this.#prices = new PriceBook(this.#seed);
  }

  /** The people who might come to a café. */
  pool(cafe: Cafe): CustomerPool {
    let pool = this.#pools.get(cafe.number);
    if (!pool) {
      const neighbour = cafe.neighbour === undefined ? undefined : this.chain[cafe.neighbour];
      pool = new CustomerPool(
        this.#seed,
        cafe,
        this.#plan.receipts * cafe.size * 365,
        neighbour && this.pool(neighbour),
      );
      this.#pools.set(cafe.number, pool);
    }
    return pool;
  }

  /**
   * Writes the files of some cafés into folders that are there already.
   *
   * @param numbers which cafés of the chain
   * @param keep leaves a file alone that is there already with the same bytes, so that nothing looks changed
   * @param onFiles is told now and then how many more files are done
   */
  write(numbers: readonly number[], keep: boolean, visits: VisitCounts, onFiles: (files: number) => void): Written {
    const written = nothingWritten();
    let reported = 0;
    const put = (key: string, bytes: Uint8Array) => {
      const path = join(this.#plan.out, key);
      if (!keep || !holds(path, bytes)) writeFileSync(path, bytes);
      written.bytes += bytes.length;
      written.files += 1;
      if (written.files - reported >= REPORT_EVERY) {
        onFiles(written.files - reported);
        reported = written.files;
      }
    };
    for (const number of numbers) {
      const cafe = this.chain[number];
      if (cafe) this.#writeCafe(cafe, written, put, visits);
    }
    onFiles(written.files - reported);
    return written;
  }

  #writeCafe(cafe: Cafe, written: Written, put: (key: string, bytes: Uint8Array) => void, visits: VisitCounts): void {
    const { from, until, shape, faults } = this.#plan;
    const books = new Bookkeeper(this.#seed, cafe, this.pool(cafe), (person) => visits.add(person));
    const till = new Till(shape === "mixed" ? cafe.till : shape, cafe.name);
    for (let day = from; day <= until; day++) {
      const outlook = this.#demand.outlook(cafe, day);
      if (!outlook) continue;
      const book = books.write(day, outlook);
      const file = till.write(book, day, this.#prices.on(day, outlook.promotion?.line));
      written.receipts += book.receipts;
      written.items += book.items;
      written.pence += file.pence;
      const fault = faults ? faultOf(this.#seed, cafe.number, day, book.receipts) : undefined;
      if (!fault) {
        put(keyOf(cafe, day, outlook), file.bytes);
        continue;
      }
      const good: GoodDay = {
        shape: shape === "mixed" ? cafe.till : shape,
        bytes: file.bytes,
        rowEnds: file.rowEnds,
        day,
        key: (change) => keyOf(cafe, day, outlook, change),
      };
      const { fault: planted, deliveries } = deliverFaulty(fault, cafe.name, good, until);
      written.faults.push(planted);
      written.lostReceipts += book.receipts;
      written.lostPence += file.pence;
      for (const { bytes, expected } of deliveries) {
        written.lostReceipts -= expected.rowsLoaded;
        written.lostPence -= expected.pence;
        put(expected.key, bytes);
      }
    }
  }
}

/** `YYYY/MM/DD/<café>_DD-MM-YYYY_HH-MM-SS.csv`, with the time the café opened. */
function keyOf(
  cafe: Cafe,
  day: Day,
  { opens }: Outlook,
  { hoursLater = 0, folder = day, suffix = "" }: Parameters<GoodDay["key"]>[0] = {},
): string {
  const { year, month, dayOfMonth } = partsOf(day);
  const date = `${two(dayOfMonth)}-${two(month)}-${year}`;
  const time = `${two((opens >> 1) + hoursLater)}-${opens % 2 === 0 ? "00" : "30"}-00`;
  return `${folderOf(folder)}/${slug(cafe.name)}_${date}_${time}${suffix}.csv`;
}

/** The folder of the files that arrive on a day: `YYYY/MM/DD`. */
export function folderOf(day: Day): string {
  const { year, month, dayOfMonth } = partsOf(day);
  return `${year}/${two(month)}/${two(dayOfMonth)}`;
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-");
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function holds(path: string, bytes: Uint8Array): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.size === bytes.length && readFileSync(path).equals(bytes);
}
