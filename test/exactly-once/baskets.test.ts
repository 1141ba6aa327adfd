import fc from "fast-check";
import { expect, test } from "vitest";
import { fixedKeys } from "../fixed-keys.ts";
import { type FixtureReceipt, shapes } from "../till-fixtures.ts";
import { openTracker } from "../tracker.ts";

// Baskets are counted once a day and added to their week. More kinds of product than a number has bits, weeks that fill up day
// by day, days that are corrected and files that come late must all give what joining lines with lines gives: the audits do that.

/** Seventy kinds, of which a few are bought often. */
const flavours = Array.from({ length: 70 }, (_, number) =>
  String.fromCharCode(65 + (number % 26)).repeat(3 + Math.floor(number / 26)),
);
const line = fc
  .oneof(
    { weight: 2, arbitrary: fc.constantFrom(...flavours.slice(0, 5)) },
    { weight: 3, arbitrary: fc.constantFrom(...flavours) },
  )
  .chain((flavour) =>
    fc.record({
      size: fc.constantFrom("Regular" as const, "Large" as const),
      name: fc.constant("Latte"),
      flavour: fc.constant(flavour),
      pence: fc.constantFrom(200, 210),
    }),
  );

/** A Sunday and three days of the week after. */
const dates = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-08"];

const receiptOf = (date: string, index: number, cafe: string, lines: FixtureReceipt["lines"]): FixtureReceipt => ({
  at: `${date} 09:${String(index % 60).padStart(2, "0")}`,
  cafe,
  customer: "Jo Example",
  lines,
  payment: "CASH",
});

const step = fc.record({
  date: fc.constantFrom(...dates),
  receipts: fc.array(
    fc.record({
      cafe: fc.constantFrom("Leeds", "Longridge"),
      lines: fc.array(line, { minLength: 1, maxLength: 6, size: "max" }),
    }),
    { minLength: 1, maxLength: 30, size: "max" },
  ),
});

/** Every kind on a receipt with the next one, so that all of them are there. */
const wholeMenu = flavours.map((flavour, index) => {
  const next = flavours[(index + 1) % flavours.length] ?? "";
  return receiptOf(
    "2026-03-03",
    index,
    "Leeds",
    [flavour, next].map((each) => ({ name: "Latte", flavour: each, pence: 200 })),
  );
});

test("weeks of baskets are those of the lines, whatever order days and corrections come in", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
      const tracker = await openTracker({ keys: fixedKeys(3) });
      try {
        await tracker.deliver("menu.csv", shapes.list(wholeMenu));
        for (const { date, receipts } of steps) {
          const written = receipts.map(({ cafe, lines }, index) => receiptOf(date, index, cafe, lines));
          await tracker.deliver(`${date}.csv`, shapes.list(written));
          await tracker.run();
        }
        expect(await tracker.audit()).toEqual([]);
        const [kinds] = await tracker.query<{ kinds: number }>(
          "select count(distinct kind_id) as kinds from weekly_kinds",
        );
        expect(kinds?.kinds).toBe(flavours.length);

        // Counted all at once, by the next load, they are what they were.
        const tables = ["daily_baskets", "weekly_kinds", "weekly_pairs"];
        const before = await tracker.digest();
        for (const table of tables) {
          await tracker.warehouse.transact([{ sql: `delete from ${table}` }]);
        }
        await tracker.writeBook({ closures: [{ from: "2026-12-25", to: "2026-12-25", reason: "Christmas Day" }] });
        await tracker.applyBook();
        expect(await tracker.audit()).toEqual([]);
        const after = await tracker.digest();
        for (const table of tables) {
          expect(after[table], table).toBe(before[table]);
        }
      } finally {
        await tracker.close();
      }
    }),
    { numRuns: Number(process.env.INFINITY_HISTORIES ?? 3) },
  );
}, 600_000);
