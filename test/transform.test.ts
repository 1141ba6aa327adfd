import { createHmac } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { TransformMessage } from "#core/messages.ts";
import { transformBatch } from "#pipeline/transform/transform-batch.ts";
import { type FixtureReceipt, latte, row, shapes } from "./till-fixtures.ts";
import { openTracker, type Tracker } from "./tracker.ts";

let tracker: Tracker;

afterEach(() => tracker.close());

const key = "2026/03/02/leeds.csv";

/** The first 63 bits of HMAC-SHA-256, as Node computes it. */
function customerHash(secret: Buffer, basis: "card" | "name", identity: string): string {
  const digest = createHmac("sha256", secret).update(`${basis}:${identity}`, "utf8").digest();
  return String(digest.readBigUInt64BE() >> 1n);
}

const cardDigits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 8, maxLength: 19 });
const nameLetters = fc.string({ unit: fc.constantFrom(..."abcxyzABCXYZ'-.éÉßñ名 ☕"), minLength: 1, maxLength: 24 });

test("a customer's hash is 63 bits of node:crypto's HMAC of the card, or of the name and the café", async () => {
  tracker = await openTracker();
  const secret = await tracker.transformContext.keys.get("customers");
  const [cards = [], names = []] =
    fc.sample(
      fc.tuple(
        fc.array(cardDigits, { minLength: 40, maxLength: 40 }),
        fc.array(nameLetters, { minLength: 40, maxLength: 40 }),
      ),
      1,
    )[0] ?? [];
  const receipts: FixtureReceipt[] = [
    ...cards.map((card) => latte("Leeds", "2026-03-02 09:00", card)),
    ...names.map((customer): FixtureReceipt => ({ ...latte("Leeds", "2026-03-02 10:00"), customer, payment: "CASH" })),
  ];
  await tracker.deliver(key, shapes.list(receipts));
  await tracker.run();
  const told = await tracker.query<{ row_number: number; hash: string | null }>(
    `select row_number, cast(customer_hash as varchar) as hash
     from transactions left join customers using (customer_id) order by row_number`,
  );
  const normal = (name: string) => name.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
  expect(told.map(({ hash }) => hash)).toEqual([
    ...cards.map((card) => customerHash(secret, "card", card)),
    ...names.map((name) => (name.trim() === "" ? null : customerHash(secret, "name", `${normal(name)}\u001Fleeds`))),
  ]);
});

test("one card is one customer however it is written; one name is one customer at each café", async () => {
  tracker = await openTracker();
  const card = (text: string, customer: string) =>
    row(["02/03/2026 09:00", "Leeds", customer, "Latte - 2.15", "2.15", "CARD", text]);
  const cash = (cafe: string, customer: string) =>
    row(["02/03/2026 10:00", cafe, customer, "Latte - 2.15", "2.15", "CASH", ""]);
  await tracker.deliver(
    key,
    card("4000000000000002", "Jo Example") +
      card("4000 0000 0000 0002", "J Example") +
      card("4000-0000-0000-0002", "") +
      card("-4000000000000002", "") +
      cash("Leeds", "Jo Example") +
      cash("Leeds", " jo   EXAMPLE ") +
      cash("Longridge", "Jo Example") +
      cash("Leeds", ""),
  );
  await tracker.run();
  const told = await tracker.query<{ customer_id: number | null; identity_basis: string | null }>(
    "select customer_id, identity_basis from transactions left join customers using (customer_id) order by row_number",
  );
  const [one, two, three, hyphen, four, five, six, seven] = told.map(({ customer_id }) => customer_id);
  expect([two, three, hyphen]).toEqual([one, one, one]);
  expect(five).toBe(four);
  expect(new Set([one, four, six]).size).toBe(3);
  expect(seven).toBeNull();
  expect(told.map(({ identity_basis }) => identity_basis)).toEqual(
    [..."cccc", ..."nnn", "-"].map((letter) => ({ c: "card", n: "name", "-": null })[letter]),
  );
});

test.each([
  "None",
  "5.49E+15",
  "4e15",
  "+4000000000000002",
  "4_000_000_000_000_002",
  "12",
  "card",
  "4000000000000002x",
])("%s where the card belongs is nobody's card", async (text) => {
  tracker = await openTracker();
  await tracker.deliver(key, row(["02/03/2026 09:00", "Leeds", "Jo Example", "Latte - 2.15", "2.15", "CARD", text]));
  await tracker.run();
  expect(await tracker.query("select customer_id from transactions")).toEqual([{ customer_id: null }]);
});

test("lines are read as size, product, flavour and price; what cannot be read is kept as text and counted", async () => {
  tracker = await openTracker();
  const baskets = [
    "Regular Latte - 2.15",
    " Speciality Tea - Earl Grey - £1.30",
    "LARGE Frappes - Strawberries & Cream - 3.25",
    "Largest Latte - 2.15",
    "Iced - Tea - Lemon - 2.00",
    "the usual",
    "Latte - two pounds",
    "Latte - 2.155",
    "Latte -2.15",
  ];
  await tracker.deliver(
    key,
    baskets.map((basket) => row(["02/03/2026 09:00", "Leeds", "Jo Example", basket, "2.15", "CARD", ""])).join(""),
  );
  await tracker.run();
  expect(
    await tracker.query(
      `select products.name, flavour, size, price_pence, reconciled
       from transaction_items join products using (product_id) join transactions using (transaction_id)
       order by row_number`,
    ),
  ).toEqual([
    { name: "Latte", flavour: null, size: "regular", price_pence: 215, reconciled: true },
    { name: "Speciality Tea", flavour: "Earl Grey", size: "standard", price_pence: 130, reconciled: false },
    { name: "Frappes", flavour: "Strawberries & Cream", size: "large", price_pence: 325, reconciled: false },
    { name: "Largest Latte", flavour: null, size: "standard", price_pence: 215, reconciled: true },
    { name: "Iced", flavour: "Tea - Lemon", size: "standard", price_pence: 200, reconciled: false },
    { name: "Unrecognised", flavour: "the usual", size: "standard", price_pence: null, reconciled: false },
    { name: "Unrecognised", flavour: "Latte - two pounds", size: "standard", price_pence: null, reconciled: false },
    { name: "Unrecognised", flavour: "Latte - 2.155", size: "standard", price_pence: null, reconciled: false },
    { name: "Unrecognised", flavour: "Latte -2.15", size: "standard", price_pence: null, reconciled: false },
  ]);
  expect(await tracker.query("select unreconciled from files")).toEqual([{ unreconciled: 7 }]);
});

test("a comma in a list's price is one of thousands, or leaves the line unrecognised: no line is read at a part of its price", async () => {
  tracker = await openTracker();
  const baskets = [
    "Latte - £1,234.50",
    "Large Party platter - 1,150.00, Regular Latte - 2.15,Tea - 1,000",
    "Latte - 2,15, Tea - 1,20",
    "Latte - 2.15,7up - 1.00",
    "Latte - 1,234,567.00",
  ];
  await tracker.deliver(
    key,
    baskets.map((basket) => row(["02/03/2026 09:00", "Leeds", "Jo Example", basket, "1234.50", "CARD", ""])).join(""),
  );
  await tracker.run();
  const lines = await tracker.query<{ told: string }>(
    `select row_number || ' ' || size || ' ' || name || ' ' || coalesce(flavour, '-') || ' ' || coalesce(price_pence || '', '?') as told
     from transaction_items join products using (product_id) join transactions using (transaction_id)
     order by row_number, line_number`,
  );
  expect(lines.map(({ told }) => told)).toEqual([
    "1 standard Latte - 123450",
    "2 large Party platter - 115000",
    "2 regular Latte - 215",
    "2 standard Tea - 100000",
    "3 standard Unrecognised Latte - 2,15 ?",
    "3 standard Unrecognised Tea - 1,20 ?",
    "4 standard Latte - 215",
    "4 standard 7up - 100",
    "5 standard Unrecognised Latte - # ?",
  ]);
  // Nothing is a product that only half of a line would have been.
  expect(await tracker.query("select count(*) as n from products where name = 'Latte'")).toEqual([{ n: 2 }]);
});

test("a basket of triples that are not whole stays one unrecognised line", async () => {
  tracker = await openTracker();
  await tracker.deliver(
    key,
    row(["2026-03-02 09:00:00", "Leeds", "Jo Example", "Large,Latte", "CARD", "2.45", "None"]),
  );
  await tracker.run();
  expect(await tracker.query("select name, flavour from products")).toEqual([
    { name: "Unrecognised", flavour: "Large,Latte" },
  ]);
});

test("hot chocolate is another product than Hot Chocolate", async () => {
  tracker = await openTracker();
  await tracker.deliver(
    key,
    row([
      "02/03/2026 09:00",
      "Leeds",
      "Jo",
      "Regular Hot chocolate - 2.20, Regular Hot Chocolate - 1.40",
      "3.6",
      "CASH",
      "",
    ]),
  );
  await tracker.run();
  expect(await tracker.query("select name from products order by name")).toEqual([
    { name: "Hot Chocolate" },
    { name: "Hot chocolate" },
  ]);
});

test("a receipt before the business day starts belongs to the day before", async () => {
  tracker = await openTracker({ dayStartsAt: "04:00" });
  await tracker.deliver(
    key,
    shapes.list(["03:59", "04:00", "23:59"].map((time) => latte("Leeds", `2026-03-02 ${time}`))),
  );
  await tracker.run();
  expect(await tracker.query("select business_date, hour from transactions order by row_number")).toEqual([
    { business_date: "2026-03-01", hour: 3 },
    { business_date: "2026-03-02", hour: 4 },
    { business_date: "2026-03-02", hour: 23 },
  ]);
  expect(await tracker.audit()).toEqual([]);
});

/** Every Parquet file under a folder with what writing it again would change. */
function snapshot(folder: string): unknown[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".parquet"))
    .sort()
    .map((name) => [name, statSync(join(folder, name)).mtimeMs, statSync(join(folder, name)).ino]);
}

async function batchOf(files: Record<string, string>): Promise<TransformMessage> {
  for (const [name, content] of Object.entries(files)) await tracker.deliver(name, content);
  const { source } = tracker.context;
  const found = await source.list();
  return {
    runId: "run",
    batchId: "run-1",
    sourceUrl: source.url,
    files: found.map((object, index) => ({ ...object, version: index + 1 })),
  };
}

test("the same batch twice has the same place, and its tables are not written again", async () => {
  tracker = await openTracker();
  const message = await batchOf({ "a.csv": shapes.list([latte("Leeds", "2026-03-02 09:00")]), "b.csv": "" });
  const first = await transformBatch(message, tracker.transformContext);
  const clean = join(tracker.folder, "clean");
  const before = snapshot(clean);
  expect(await transformBatch({ ...message, runId: "other", batchId: "other-1" }, tracker.transformContext)).toEqual({
    ...first,
    runId: "other",
    batchId: "other-1",
  });
  expect(snapshot(clean)).toEqual(before);
  expect(before.length).toBeGreaterThan(5);
});

test("other bytes, another business day or another format have another place", async () => {
  tracker = await openTracker();
  const message = await batchOf({ "a.csv": shapes.list([latte("Leeds", "2026-03-02 09:00")]) });
  const { transformContext } = tracker;
  const [known] = transformContext.formats;
  if (known === undefined) throw new Error("no formats");
  const places = [
    await transformBatch(message, transformContext),
    await transformBatch(message, { ...transformContext, dayStartsAt: "04:00" }),
    await transformBatch(message, {
      ...transformContext,
      formats: [...transformContext.formats, { ...known, text: "#" }],
    }),
    await transformBatch(
      await batchOf({ "a.csv": shapes.list([latte("Leeds", "2026-03-02 09:01")]) }),
      transformContext,
    ),
  ].map(({ prefix }) => prefix);
  expect(new Set(places).size).toBe(4);
});

test("a file that changed since it was listed waits for the next run, and the others go on", async () => {
  tracker = await openTracker();
  const message = await batchOf({ "a.csv": shapes.list([latte("Leeds", "2026-03-02 09:00")]), "b.csv": "" });
  await tracker.deliver("b.csv", shapes.list([latte("Leeds", "2026-03-02 10:00")]));
  const { prefix } = await transformBatch(message, tracker.transformContext);
  const manifest = JSON.parse((await tracker.context.clean.read(`${prefix}/manifest.json`)).toString());
  expect(manifest).toMatchObject({ files: [{ key: "a.csv" }], waiting: ["b.csv"] });
});

test("rows keep their place when a batch holds many files of every kind", async () => {
  tracker = await openTracker();
  const hours = Array.from({ length: 10 }, (_, hour) => hour);
  for (let file = 0; file < 12; file++) {
    const receipts = hours.map((hour) => latte(`Café ${file}`, `2026-03-02 1${hour}:00`));
    const text = (file % 2 ? shapes.listWithHeader : shapes.list)(receipts);
    await tracker.deliver(`${file}.csv`, file % 3 ? text : text.replaceAll("\n", "\r\n"));
  }
  await tracker.run();
  const wrong = await tracker.query(
    `select key, row_number, hour from transactions join files using (file_id)
     where hour <> 9 + row_number - case format when 'till-2020-list' then 1 else 0 end`,
  );
  expect(wrong).toEqual([]);
  expect(await tracker.query("select count(*) as n from transactions")).toEqual([{ n: 120 }]);
});

test("tills of two shapes, neither read beforehand, are one batch and stay one", async () => {
  tracker = await openTracker();
  const receipts = ["09:00", "10:00"].map((time) => latte("Leeds", `2026-03-02 ${time}`));
  await tracker.deliver("list.csv", shapes.list(receipts).replaceAll("\n", "\r\n"));
  await tracker.deliver("triples.csv", shapes.triples(receipts).replaceAll("\n", "\r\n").replaceAll("Leeds", "York"));
  const tried: number[] = [];
  const summary = await tracker.run({
    transform: (message) => {
      tried.push(message.files.length);
      return transformBatch(message, tracker.transformContext);
    },
  });
  expect(tried).toEqual([2]);
  expect(summary).toMatchObject({ status: "completed", rows: { loaded: 4, quarantined: 0 } });
  expect(
    await tracker.query("select name, size, price_pence from transaction_items join products using (product_id)"),
  ).toEqual(Array.from({ length: 4 }, () => ({ name: "Latte", size: "regular", price_pence: 215 })));
});

test("a line that none of the files read first has is read all the same, and a refused row's lines are no product's", async () => {
  tracker = await openTracker();
  const plain =
    '02/03/2026 09:00,Leeds,Jo Example,"Regular Latte - 2.15, Large Latte - 2.45",4.6,CARD,4000000000000002\n';
  const strange =
    '02/03/2026 10:00,Leeds,Jo Example,"Regular Latte - 2.15, Large Oat dream - 3.10, for Jo Example",5.25,CASH,\n';
  const refused = "02/03/2026 11:00,Leeds,Jo Example,Regular Never sold - 1.00,NaN,CASH,\n";
  const texts = ["Leeds", "York", "Bath", "Hull", "Ely"].map((cafe) => plain.repeat(5_000).replaceAll("Leeds", cafe));
  // Every other file is read first: the strange line is in one that is not, the refused row in one that is.
  for (const [index, text] of texts.entries()) {
    await tracker.deliver(`2026/03/02/${index}.csv`, [text + refused, text + strange][index] ?? text);
  }
  await tracker.run();
  expect(
    await tracker.query(
      `select line_number, name, flavour, size, price_pence, reconciled
       from transaction_items
       join transactions using (transaction_id)
       join products using (product_id)
       where extract(hour from occurred_at) = 10
       order by line_number`,
    ),
  ).toEqual([
    { line_number: 1, name: "Latte", flavour: null, size: "regular", price_pence: 215, reconciled: false },
    { line_number: 2, name: "Oat dream", flavour: null, size: "large", price_pence: 310, reconciled: false },
    {
      line_number: 3,
      name: "Unrecognised",
      flavour: "(withheld)",
      size: "standard",
      price_pence: null,
      reconciled: false,
    },
  ]);
  expect(await tracker.query("select count(*) as n from products where name = 'Never sold'")).toEqual([{ n: 0 }]);
  expect(
    await tracker.query(
      "select count(*) as receipts, cast(sum(item_count) as integer) as items from transactions where reconciled",
    ),
  ).toEqual([{ receipts: 25_000, items: 50_000 }]);
});
