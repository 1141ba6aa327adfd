import * as fc from "fast-check";
import { expect, test } from "vitest";
import { builtInFormats, parseFormat } from "#feed/formats/read-formats.ts";
import { knownKeys } from "../customers/people.ts";
import { type FixtureReceipt, shapes } from "../till-fixtures.ts";
import { openTracker } from "../tracker.ts";

// Whatever is sold, it is the same receipts, lines and customers, whichever till wrote them down.

const numbered = parseFormat(
  `
name: numbered
title: "One row is one item, with a receipt number"
header: first-row
columns:
  { receipt: No, time: At, cafe: Café, customer: Guest, product: Item, flavour: Syrup, size: Size, quantity: Qty, price: Each, total: Paid, payment: How, card: Card }
time: { formats: ["%m/%d/%Y %I:%M %p"] }
basket: rows
sizes: { regular: [R], large: [L], standard: [] }
payment: { CARD: [plastic], CASH: [coins] }
`,
  "a test's format",
);
const semicolons = parseFormat(
  `
name: semicolons
title: "A list between semicolons, with decimal commas"
delimiter: ";"
header: none
columns: [payment, total, basket, card, skip, customer, cafe, date, clock]
time: { formats: ["%Y-%m-%d %H:%M"] }
basket: list
money: "1.234,56"
`,
  "a test's format",
);

const writers: Record<string, (receipts: readonly FixtureReceipt[]) => string> = {
  ...shapes,
  numbered: (receipts) => `No,At,Café,Guest,Item,Syrup,Size,Qty,Each,Paid,How,Card\n${receipts.map(itemRows).join("")}`,
  semicolons: (receipts) => receipts.map(semicolonRow).join(""),
};

function itemRows(receipt: FixtureReceipt, index: number): string {
  const [date = "", clock = ""] = receipt.at.split(" ");
  const [year, month, day] = date.split("-").map(Number);
  const [hour = 0, minute] = clock.split(":");
  const at = `${month}/${day}/${year} ${Number(hour) % 12 || 12}:${minute} ${Number(hour) < 12 ? "AM" : "PM"}`;
  return receipt.lines
    .map(({ name, flavour = "", size = "", pence }, place) =>
      [
        ...[index, at, receipt.cafe, receipt.customer, name, flavour, size.charAt(0), 1, (pence / 100).toFixed(2)],
        // The total stands on the receipt's first row only.
        ...[
          place === 0 ? paid(receipt) / 100 : "",
          receipt.payment === "CARD" ? "Plastic" : "coins",
          receipt.card ?? "",
        ],
      ].join(","),
    )
    .join("\n")
    .concat("\n");
}

function semicolonRow(receipt: FixtureReceipt): string {
  const basket = receipt.lines.map(
    ({ name, flavour, size, pence }) =>
      `${size ? `${size} ` : ""}${name}${flavour ? ` - ${flavour}` : ""} - £${(pence / 100).toFixed(2)}`,
  );
  const total = new Intl.NumberFormat("de-DE", { minimumFractionDigits: 2, useGrouping: true }).format(
    paid(receipt) / 100,
  );
  const [date, clock] = receipt.at.split(" ");
  return `${receipt.payment};£${total};${basket.join(", ")};${receipt.card ?? ""};x;${receipt.customer};${receipt.cafe};${date};${clock}\n`;
}

function paid({ lines, paidPence }: FixtureReceipt): number {
  return paidPence ?? lines.reduce((sum, { pence }) => sum + pence, 0);
}

const optional = { requiredKeys: ["name", "pence"] as ["name", "pence"], noNullPrototype: true };
const line = fc.record(
  {
    name: fc.constantFrom("Latte", "Hot chocolate", "Hot Chocolate", "Speciality Tea", "Party platter"),
    pence: fc.integer({ min: 0, max: 150_000 }),
    size: fc.constantFrom("Regular" as const, "Large" as const),
    flavour: fc.constantFrom("Earl Grey", "Strawberries & Cream"),
  },
  optional,
);
const receipt: fc.Arbitrary<FixtureReceipt> = fc
  .record({
    at: fc.record({ day: fc.integer({ min: 1, max: 3 }), minute: fc.integer({ min: 0, max: 1439 }) }),
    cafe: fc.constantFrom("Leeds", "Longridge"),
    customer: fc.constantFrom("Jo Example", "Sam Sample", "Ada Example"),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    card: fc.option(fc.constantFrom("4000000000000002", "5555555555554444"), { nil: undefined }),
    discount: fc.constantFrom(0, 0, 0, 1),
  })
  .map(({ at: { day, minute }, card, discount, lines, ...rest }) => {
    const two = (number: number) => String(number).padStart(2, "0");
    const sum = lines.reduce((total, { pence }) => total + pence, 0);
    return {
      ...rest,
      lines,
      at: `2026-03-${two(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
      payment: card === undefined ? "CASH" : "CARD",
      ...(card === undefined ? {} : { card }),
      paidPence: Math.max(0, sum - discount),
    };
  });

async function tell(content: string): Promise<{ format: unknown; told: unknown }> {
  const tracker = await openTracker({
    keys: knownKeys(),
    formats: [...builtInFormats(), numbered, semicolons],
  });
  try {
    await tracker.deliver("2026/03/02/tills.csv", content);
    await tracker.run();
    // The place in the file differs: a receipt of three items is three rows of some tills.
    const ranked = "(select transaction_id, rank() over (order by row_number) as place from transactions) as places";
    const receipts = await tracker.query(
      `select place, name, occurred_at, business_date, hour, transactions.total_pence, payment_method, item_count,
         reconciled, identity_basis, customer_hash
       from transactions join ${ranked} using (transaction_id)
       join locations using (location_id) left join customers using (customer_id) order by place`,
    );
    const lines = await tracker.query(
      `select place, line_number, name, flavour, size, price_pence
       from transaction_items join ${ranked} using (transaction_id) join products using (product_id)
       order by place, line_number`,
    );
    const [file] = await tracker.query<{ format: string }>("select format from files");
    expect(await tracker.audit()).toEqual([]);
    return { format: file?.format, told: { receipts, lines } };
  } finally {
    await tracker.close();
  }
}

test("random receipts are the same receipts, lines and customers in every format", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(receipt, { minLength: 1, maxLength: 12 }), async (receipts) => {
      const first = await tell(writers.list?.(receipts) ?? "");
      expect((first.told as { receipts: unknown[] }).receipts).toHaveLength(receipts.length);
      for (const [name, write] of Object.entries(writers)) {
        const other = await tell(write(receipts));
        if (!(name in shapes)) expect(other.format).toBe(name);
        expect(other.told).toEqual(first.told);
      }
    }),
    { numRuns: 3 },
  );
}, 120_000);
