import { plainName } from "#core/cafes/plain-name.ts";
import { dayIn } from "#core/day.ts";
import { RefusedError } from "#core/errors.ts";
import { type Reason, reasons } from "#core/reasons.ts";
import { readKeyHint } from "#feed/formats/key-hint.ts";
import { openStorage } from "../home/choose-adapters.ts";
import type { Home } from "../home/open-home.ts";
import { count } from "../words.ts";
import { readUnusuallySmall, receiptsWords } from "./unusually-small.ts";

/** Where a café's day got to on its way from the till to the warehouse. */
export interface DayTrace {
  cafe: string;
  date: string;
  /** The answer in a sentence. */
  verdict: string;
  /** What was found, in the order of the pipeline. */
  steps: TraceStep[];
}

interface TraceStep {
  at: "café" | "source" | "queue" | "ledger" | "quarantine" | "warehouse";
  /** What was found there, as a sentence. */
  found: string;
  key?: string;
}

interface Delivered {
  key: string;
  status: string;
  receipts: number;
  total_pence: number;
  counted: boolean;
  loaded_at: string;
  run_id: string;
  superseded_by: string | null;
  raw_purged_at: string | null;
}

/**
 * Says why a café's day is in the warehouse or is not: listed, queued, transformed, loaded or refused, and by what.
 *
 * @param cafe the café's name, without regard to case
 * @param date the business date, `YYYY-MM-DD`
 * @throws RefusedError when there is no such café, naming the ones that come near
 */
export async function traceDay(home: Home, cafe: string, date: string): Promise<DayTrace> {
  const { known, near } = await findCafe(home, cafe, date);
  const steps: TraceStep[] = [];
  const delivered = await home.warehouse.query<Delivered>(
    `select files.key, files.status, deliveries.receipts, deliveries.total_pence, deliveries.counted,
       files.loaded_at, files.run_id, others.key as superseded_by, files.raw_purged_at
     from deliveries
     join files on files.file_id = deliveries.file_id
     left join files as others on others.file_id = deliveries.superseded_by
     where deliveries.location_id = $location_id and deliveries.business_date = cast($date as date)
     order by files.version, files.file_id`,
    { location_id: known.location_id, date },
  );
  const isToCome = date > dayIn(home.settings.timeZone, new Date());
  if (known.closure) {
    steps.push({ at: "café", found: `${isToCome ? "To be closed" : "Closed"} as planned: ${known.closure}.` });
  }
  const refused = await refusals(home, known.names, date);
  const pending = await notInLedger(home, known.names, date);
  const heardOf = refused.files.length + pending.listed.length + pending.queued.length > 0;
  if (known.location_id === null && !heardOf) {
    throw new RefusedError(
      `No café called "${cafe}" has ever delivered.`,
      near.length > 0 ? `Did you mean ${near.slice(0, 5).join(", ")}?` : "`infinity cafes list` lists the cafés.",
    );
  }
  steps.push(...pending.listed, ...pending.queued, ...refused.files);
  for (const delivery of delivered) steps.push({ at: "ledger", key: delivery.key, found: describeDelivery(delivery) });
  steps.push(...refused.rows);
  const counted = delivered.filter((delivery) => delivery.counted);
  const receipts = counted.reduce((sum, delivery) => sum + delivery.receipts, 0);
  const small = counted.length === 0 ? [] : await readUnusuallySmall(home.warehouse, { from: date, to: date });
  const usual = small.find(({ cafeId }) => cafeId === known.location_id)?.usualReceipts;
  if (counted.length > 0) steps.push({ at: "warehouse", found: `Receipts that count for this day: ${receipts}.` });
  return {
    cafe: known.name,
    date,
    verdict: verdictOf({
      counted: counted.length,
      receipts,
      usual,
      closure: known.closure,
      isToCome,
      refused,
      pending,
    }),
    steps,
  };
}

async function findCafe({ warehouse }: Home, cafe: string, date: string) {
  const rows = await warehouse.query<{ location_id: number; name: string; closure: string | null; known_as: string }>(
    `select locations.location_id, locations.name, closures.reason as closure, location_names.name as known_as
     from locations
     join location_names on location_names.location_id = locations.location_id
     left join closures on closures.location_id = locations.location_id and closures.date = cast($date as date)
     order by locations.name, location_names.name`,
    { date },
  );
  const plain = plainName(cafe);
  const namesOf = (row: (typeof rows)[number]) => [row.name, row.known_as].map(plainName);
  const found = rows.find((row) => namesOf(row).includes(plain));
  const near = rows.filter((row) => namesOf(row).some((name) => name.includes(plain) || plain.includes(name)));
  // A café of which nothing was ever loaded may still be known by the names of its files.
  const known = found ?? { location_id: null, name: cafe, closure: null };
  const names = rows.filter((row) => row.location_id === known.location_id).map((row) => row.known_as);
  return {
    known: { ...known, names: new Set([known.name, ...names]) },
    near: [...new Set(near.map(({ name }) => name))],
  };
}

async function refusals(
  { warehouse }: Home,
  names: ReadonlySet<string>,
  date: string,
): Promise<{ files: TraceStep[]; rows: TraceStep[] }> {
  const files = await warehouse.query<{ key: string; reason: Reason; key_cafe: string | null }>(
    `select key, reason, key_cafe
     from files
     where status = 'quarantined' and key_date = cast($date as date)
     order by key`,
    { date },
  );
  const rows = await warehouse.query<{ key: string; cafe: string | null; reason: Reason; rows: number }>(
    `select files.key, quarantine.location_name as cafe, quarantine.reason, count(*) as rows
     from quarantine
     join files on files.file_id = quarantine.file_id
     where quarantine.row_number is not null
       and quarantine.business_date = cast($date as date)
     group by files.key, quarantine.location_name, quarantine.reason
     order by files.key, quarantine.reason`,
    { date },
  );
  return {
    files: files
      .filter((file) => file.key_cafe === null || isAmong(names, file.key_cafe))
      .map(({ key, reason }) => ({ at: "ledger", key, found: `Refused whole: ${reasons[reason]}` })),
    rows: rows
      .filter(({ cafe }) => cafe !== null && isAmong(names, cafe))
      .map(({ key, reason, rows: count }) => ({
        at: "quarantine",
        key,
        found: `Rows set aside: ${count}. ${reasons[reason]}`,
      })),
  };
}

/** Files that look like this café's day, and that the ledger does not know: still in the source, or given up on the way. */
async function notInLedger(
  home: Home,
  names: ReadonlySet<string>,
  date: string,
): Promise<{ listed: TraceStep[]; queued: TraceStep[] }> {
  const isMeant = (key: string) => {
    const hint = readKeyHint(key);
    return hint.date === date && (hint.cafe === null || isAmong(names, hint.cafe));
  };
  const inLedger = new Set(
    (
      await home.warehouse.query<{ key: string }>(
        "select distinct key from files where key_date = cast($date as date)",
        { date },
      )
    ).map(({ key }) => key),
  );
  const { source } = home.settings;
  const objects = source === undefined ? [] : await (await openStorage(source, home.settings)).list();
  const dead = [...(await home.transformQueue.deadLetters()), ...(await home.loadQueue.deadLetters())];
  return {
    listed: objects
      .filter(({ key }) => isMeant(key) && !inLedger.has(key))
      .map(({ key }) => ({ at: "source", key, found: "It lies in the source and has not been loaded yet." })),
    queued: dead.flatMap(({ body, reason }) =>
      body && "files" in body
        ? body.files
            .filter(({ key }) => isMeant(key))
            .map(({ key }) => ({ at: "queue" as const, key, found: `Its batch was given up (${reason}).` }))
        : [],
    ),
  };
}

function describeDelivery({
  key,
  receipts,
  counted,
  loaded_at: at,
  run_id: run,
  status,
  superseded_by: by,
  raw_purged_at: purgedAt,
}: Delivered): string {
  const loaded = `Receipts: ${receipts}, loaded ${at.slice(0, 16)} UTC by run ${run}`;
  const purged =
    purgedAt === null ? "" : ` The till's file was removed on ${purgedAt.slice(0, 10)}, as rawRetentionDays asks.`;
  if (counted) return `${loaded}.${purged}`;
  return `${loaded}, ${status === "duplicate" ? `not counted: the same as ${by}` : `replaced by ${by === key ? "a later version of this file" : by}`}.${purged}`;
}

function verdictOf(found: {
  counted: number;
  receipts: number;
  /** What is usual for the café and weekday, where the day is far below it. */
  usual: number | undefined;
  closure: string | null;
  isToCome: boolean;
  refused: { files: TraceStep[]; rows: TraceStep[] };
  pending: { listed: TraceStep[]; queued: TraceStep[] };
}): string {
  if (found.counted > 0) return verdictOfDelivered(found.receipts, found.usual);
  if (found.pending.queued.length > 0)
    return "A file was found, but its batch was given up. Run again to try it once more.";
  if (found.pending.listed.length > 0)
    return "A file is there and has not been loaded yet. Load it with `infinity run`.";
  if (found.refused.files.length > 0)
    return "A file came, but it was refused. `infinity quarantine` says what to mend.";
  if (found.refused.rows.length > 0) return "Every row that came was refused. `infinity quarantine` says what to mend.";
  if (found.closure) {
    return `The café ${found.isToCome ? "will be" : "was"} closed as planned; nothing is expected.`;
  }
  if (found.isToCome) return "That day is still to come.";
  return "No file for this café and day has reached the source. Ask the café, or whoever runs its till.";
}

function verdictOfDelivered(receipts: number, usual: number | undefined): string {
  const small = usual === undefined ? "" : `, far below its usual ${count(usual)}: look whether its file was cut off`;
  if (receipts === 0) return `The café delivered an empty file: no receipts that day${small}.`;
  return `The day is in the warehouse${small === "" ? "" : `, with ${receiptsWords(receipts)}${small}`}.`;
}

function isAmong(names: ReadonlySet<string>, name: string): boolean {
  return [...names].some((one) => plainName(one) === plainName(name));
}
