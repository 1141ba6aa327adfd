import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import type { SqlValue, Statement, Warehouse } from "#core/ports/warehouse.ts";
import { Scope } from "#core/scope.ts";
import { ensureCalendar } from "#pipeline/load/calendar.ts";
import { statementsIn } from "#pipeline/load/load-statements.ts";
import { ask } from "./ask.ts";
import { readDirectory } from "./directory.ts";
import type { Asked, Question } from "./question.ts";
import {
  fileRow,
  type HandCafe,
  type HandReceipt,
  insert,
  type Line,
  linesPence,
  locationRow,
  nameRow,
  totalOf,
} from "./small-chain-rows.suite.ts";

/**
 * A chain small enough to be worked out on paper, in a real warehouse: rows are put in as load puts them, and the roll-ups
 * are made by load's own statements.
 */
export interface SmallChain {
  readonly warehouse: Warehouse;
  /** One delivery: a café's day in a file of its own. Without receipts it is an empty one. */
  deliver(cafeId: number, date: string, receipts?: readonly HandReceipt[]): void;
  /** The same café-day again, in a newer file that takes the place of the earlier. */
  correct(cafeId: number, date: string, receipts: readonly HandReceipt[]): void;
  close(cafeId: number, date: string, reason: string): void;
  refuse(cafeName: string | null, date: string | null, pence: number | null): void;
  /** Writes what was collected, and makes the roll-ups. */
  load(): Promise<void>;
  /** A question of somebody who may see these cafés; all of them when none are named. */
  ask(asked?: Partial<Asked>, cafeIds?: readonly number[]): Promise<Question>;
  dispose(): Promise<void>;
}

/** The bytes of a warehouse with nothing in it but its calendar: made once a process, since that takes half a second. */
let template: Promise<Buffer> | undefined;

const open = (path: string) => openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });

const rollUps = [
  "50-roll-ups",
  "59-first-days",
  "60-customer-years",
  "61-customer-months",
  "62-customers",
  "63-weekly-customers",
  "64-recounted-windows",
  "64-weekly-segments",
  "65-prices",
  "66-recounted-days",
  "67-recounts",
  "68-baskets",
  "69-first-visits",
  "70-location-days",
].flatMap(statementsIn);

/** As if something had moved everywhere: then everything is counted again. */
const everyPair = `create temp table disturbed_pairs as
  select location_id, customer_id from transactions where customer_id is not null
  union
  select location_id, customer_id from customer_years`;

const everyDate = "create temp table stale_dates as select date from calendar";

/** Customers are written with the receipts. */
const noNewCustomers = `create temp table customer_keys (
  customer_id integer, customer_hash bigint, identity_basis varchar(8), is_new boolean
)`;

/** Opens an empty chain of these cafés; its calendar is the real one. */
export async function openSmallChain(cafes: readonly HandCafe[]): Promise<SmallChain> {
  const folder = mkdtempSync(join(tmpdir(), "small-chain-"));
  const path = join(folder, "w.duckdb");
  template ??= emptyWarehouse();
  writeFileSync(path, await template);
  const warehouse = await open(path);
  const written: Statement[] = cafes.flatMap((cafe) => [locationRow(cafe), nameRow(cafe)]);
  const deliveryOf = new Map<string, number>();
  const productOf = new Map<string, number>();
  const customers = new Set<number>();
  let files = 0;
  let transactions = 0;

  const add = (table: string, row: Record<string, SqlValue>) => written.push(insert(table, row));

  function productId([name, , flavour, size = "regular", category = "Drinks"]: Line): number {
    const key = JSON.stringify([name, flavour, size]);
    const known = productOf.get(key);
    if (known !== undefined) return known;
    const id = productOf.size + 1;
    productOf.set(key, id);
    add("products", { product_id: id, name, flavour: flavour ?? null, size, category });
    return id;
  }

  function customerId({ customer, named }: HandReceipt): number | null {
    const id = customer ?? named;
    if (id === undefined) return null;
    if (!customers.has(id)) {
      const basis = customer === undefined ? "name" : "card";
      add("customers", { customer_id: id, customer_hash: id, identity_basis: basis });
    }
    customers.add(id);
    return id;
  }

  function deliver(cafeId: number, date: string, receipts: readonly HandReceipt[] = []): void {
    const fileId = ++files;
    const pence = receipts.reduce((sum, receipt) => sum + totalOf(receipt), 0);
    deliveryOf.set(`${cafeId} ${date}`, fileId);
    add("files", fileRow(fileId, `${date}-${cafeId}-${fileId}.csv`, receipts.length, pence));
    add("deliveries", {
      file_id: fileId,
      location_id: cafeId,
      business_date: date,
      receipts: receipts.length,
      total_pence: pence,
      counted: true,
    });
    for (const [index, receipt] of receipts.entries()) {
      const id = ++transactions;
      add("transactions", {
        transaction_id: id,
        location_id: cafeId,
        occurred_at: `${date} ${receipt.at}:00`,
        business_date: date,
        hour: Number(receipt.at.slice(0, 2)),
        total_pence: totalOf(receipt),
        payment_method: receipt.customer === undefined || receipt.cash ? "CASH" : "CARD",
        customer_id: customerId(receipt),
        is_identified: receipt.customer !== undefined,
        item_count: receipt.lines.length,
        reconciled: totalOf(receipt) === linesPence(receipt),
        file_id: fileId,
        row_number: index + 1,
      });
      for (const [place, line] of receipt.lines.entries()) {
        add("transaction_items", {
          transaction_id: id,
          line_number: place + 1,
          product_id: productId(line),
          price_pence: line[1],
          location_id: cafeId,
          business_date: date,
          file_id: fileId,
        });
      }
    }
  }

  return {
    warehouse,
    deliver,
    correct(cafeId, date, receipts) {
      const earlier = deliveryOf.get(`${cafeId} ${date}`) ?? 0;
      deliver(cafeId, date, receipts);
      const later = files;
      const old = { earlier, later };
      written.push(
        { sql: "delete from transactions where file_id = $earlier", params: old },
        { sql: "delete from transaction_items where file_id = $earlier", params: old },
        { sql: "update deliveries set counted = false, superseded_by = $later where file_id = $earlier", params: old },
        { sql: "update files set status = 'superseded', superseded_by = $later where file_id = $earlier", params: old },
      );
    },
    close(cafeId, date, reason) {
      add("closures", { location_id: cafeId, date, reason });
    },
    refuse(cafeName, date, pence) {
      if (files === 0) throw new Error("Refused rows need a file to be in: deliver first.");
      add("quarantine", {
        file_id: files,
        row_number: 1,
        reason: "row_wrong_columns",
        location_name: cafeName,
        business_date: date,
        total_pence: pence,
      });
    },
    async load() {
      await warehouse.transact([
        ...written.splice(0),
        { sql: "create temp table touched_days as select distinct location_id, business_date from deliveries" },
        { sql: "create temp table accepted_files (file_id integer)" },
        { sql: noNewCustomers },
        { sql: everyPair },
        { sql: everyDate },
        ...rollUps,
      ]);
    },
    async ask(asked = {}, cafeIds) {
      const directory = await readDirectory(warehouse);
      const scope = new Scope(cafeIds ?? directory.cafes.map((cafe) => cafe.cafeId));
      return ask(warehouse, directory, scope, { compare: "week", ...asked });
    },
    async dispose() {
      await warehouse.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A receipt of one latte. */
export function latte(at: string, pence: number, customer?: number): HandReceipt {
  return { at, lines: [["Latte", pence]], ...(customer === undefined ? {} : { customer }) };
}

async function emptyWarehouse(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "empty-chain-"));
  const path = join(folder, "w.duckdb");
  const warehouse = await open(path);
  await warehouse.migrate();
  await ensureCalendar(warehouse);
  await warehouse.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}
