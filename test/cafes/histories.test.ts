import fc from "fast-check";
import { expect, test } from "vitest";
import type { CafeBook } from "#core/cafes/cafe-book.ts";
import { fixedKeys } from "../fixed-keys.ts";
import { type FixtureReceipt, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";

// The warehouse is a function of the till files and the registry of cafés: whether cafés were merged, renamed, placed or
// closed before their files came, between them or after, it ends the same. A few are tried each time; for more:
//   INFINITY_HISTORIES=200 npx vitest run test/cafes/histories.test.ts
const histories = Number(process.env.INFINITY_HISTORIES ?? 3);

const keys = fixedKeys(3);

/** Small worlds, so that files of one café and day meet often, under one name or several. */
const receipt: fc.Arbitrary<FixtureReceipt> = fc.record({
  at: fc
    .tuple(fc.constantFrom("2026-03-02", "2026-03-03"), fc.constantFrom("08:00", "08:01", "12:30"))
    .map((parts) => parts.join(" ")),
  cafe: fc.constantFrom("Leeds", "Leeds", "Leds", "LEEDS", "Longridge", "Headrow"),
  customer: fc.constantFrom("Jo Example", "Sam Sample"),
  lines: fc.constantFrom([{ size: "Regular" as const, name: "Latte", pence: 215 }], [{ name: "Mocha", pence: 230 }]),
  payment: fc.constantFrom("CARD", "CARD", "CASH"),
  card: fc.constantFrom("4000000000000002", "5555555555554444"),
});

const delivery = fc.record({
  key: fc.constantFrom("a.csv", "b.csv", "c.csv", "2026/03/02/leds.csv", "2026-03-03-Leeds Headrow.csv"),
  receipts: fc.array(receipt, { maxLength: 6 }),
});

/** Books that only ever say that more names are one: parting them again takes a rebuild. */
const books: CafeBook[] = [
  { closures: [], cafes: { Leeds: { aliases: ["Leds"] } } },
  {
    closures: [{ from: "2026-12-25", to: "2026-12-25", reason: "Christmas Day" }],
    cafes: { Leeds: { name: "Leeds Headrow", aliases: ["Leds", "LEEDS"], openedOn: "2026-01-05" } },
  },
  {
    closures: [{ from: "2026-12-25", to: "2026-12-25", reason: "Christmas Day" }],
    cafes: {
      LEEDS: {
        name: "Leeds Headrow",
        aliases: ["Leds", "Leeds", "Headrow"],
        place: { region: "Yorkshire and The Humber" },
        closures: [{ from: "2026-03-04", to: "2026-03-06", reason: "Refit" }],
        owners: [{ owner: "Ann Example Ltd", from: "2026-01-05" }],
      },
      Longridge: { closedOn: "2026-03-03" },
    },
  },
];

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("deliver" as const), delivery }) },
  { weight: 3, arbitrary: fc.constant({ do: "run" as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("edit" as const, "apply" as const) }) },
);

async function expectSame(one: Tracker, other: Tracker): Promise<void> {
  const [digest, expected] = [await one.digest(), await other.digest()];
  for (const table of Object.keys(expected)) {
    if (digest[table] !== expected[table])
      expect(await one.contents(table), table).toEqual(await other.contents(table));
  }
  expect(digest).toEqual(expected);
}

test("cafés merged before, between or after their files end in the same warehouse", { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      const [tracker, before] = [await openTracker({ keys }), await openTracker({ keys })];
      try {
        let edits = 0;
        for (const next of [...steps, { do: "apply" as const }, { do: "run" as const }]) {
          if (next.do === "deliver") await tracker.deliver(next.delivery.key, shapes.list(next.delivery.receipts));
          else if (next.do === "run") await tracker.run();
          else if (edits < books.length) {
            await tracker.writeBook(books[edits++] ?? {});
            // Half of the edits wait for the next run, as a person's in the file do.
            if (next.do === "apply") await tracker.applyBook();
          }
        }
        expect(await tracker.audit()).toEqual([]);

        await before.writeBook(books[edits - 1] ?? {});
        for (const next of steps) {
          if (next.do === "deliver") await before.deliver(next.delivery.key, shapes.list(next.delivery.receipts));
          else if (next.do === "run") await before.run();
        }
        await before.run();
        await expectSame(tracker, before);
      } finally {
        await tracker.close();
        await before.close();
      }
    }),
    { numRuns: histories },
  );
});
