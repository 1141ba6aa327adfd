import { expect, test } from "vitest";
import { fixedKeys } from "./fixed-keys.ts";
import { type FixtureReceipt, shapes } from "./till-fixtures.ts";
import { openTracker } from "./tracker.ts";

const receipts: FixtureReceipt[] = [
  {
    at: "2026-03-02 09:00",
    cafe: "Leeds",
    customer: "Jo Example",
    lines: [
      { size: "Regular", name: "Luxury hot chocolate", pence: 240 },
      { size: "Large", name: "Latte", pence: 245 },
      { name: "Frappes", flavour: "Coffee", pence: 275 },
    ],
    payment: "CARD",
    card: "4000000000000002",
  },
  // A single item: not quoted in a list. No size: a leading space.
  {
    at: "2026-03-02 09:01",
    cafe: "Leeds",
    customer: "Sam Sample",
    lines: [{ name: "Smoothies", flavour: "Berry Beautiful", pence: 200, pound: true }],
    payment: "CASH",
  },
  // A babyccino costs nothing.
  {
    at: "2026-03-02 09:02",
    cafe: "Leeds",
    customer: "Jo Example",
    lines: [
      { name: "Babyccino", pence: 0 },
      { size: "Regular", name: "Speciality Tea", flavour: "Earl Grey", pence: 130 },
    ],
    payment: "CARD",
    card: "4000000000000002",
  },
  // The same drinks twice in a minute are two sales.
  ...[1, 2].map(() => ({
    at: "2026-03-02 09:03",
    cafe: "Longridge",
    customer: "Ada Example",
    lines: [
      { size: "Regular" as const, name: "Flavoured hot chocolate", flavour: "Hazelnut", pence: 260, pound: true },
      { size: "Large" as const, name: "Hot Chocolate", pence: 170 },
      { size: "Large" as const, name: "Hot chocolate", pence: 290 },
    ],
    payment: "CARD" as const,
    card: "5555555555554444",
  })),
  // What was paid is not what the lines add up to.
  {
    at: "2026-03-02 23:59",
    cafe: "Leeds",
    customer: "Sam Sample",
    lines: [{ size: "Regular", name: "Frappes", flavour: "Strawberries & Cream", pence: 275 }],
    payment: "CASH",
    paidPence: 250,
  },
];

test("the same receipts in every shape of till file give the same receipts, lines and customers", async () => {
  const told: Record<string, unknown> = {};
  for (const [shape, write] of Object.entries(shapes)) {
    const tracker = await openTracker({
      keys: fixedKeys(7),
    });
    await tracker.deliver("2026/03/02/tills.csv", write(receipts));
    expect(await tracker.run()).toMatchObject({
      status: "completed",
      files: { loaded: 1 },
      rows: { read: 6, loaded: 6, quarantined: 0 },
    });
    expect(await tracker.audit()).toEqual([]);
    told[shape] = {
      receipts: await tracker.query(
        `select locations.name, occurred_at, business_date, hour, total_pence, payment_method, item_count, reconciled,
           identity_basis, customer_hash
         from transactions
         join locations using (location_id)
         join customers using (customer_id)
         order by row_number`,
      ),
      lines: await tracker.query(
        `select occurred_at, line_number, products.name, flavour, size, price_pence
         from transaction_items
         join transactions using (transaction_id)
         join products using (product_id)
         order by row_number, line_number`,
      ),
    };
    await tracker.close();
  }
  expect(told.listWithHeader).toEqual(told.list);
  expect(told.triples).toEqual(told.list);
  expect(told.list).toMatchObject({
    receipts: [
      { name: "Leeds", occurred_at: "2026-03-02 09:00:00", total_pence: 760, item_count: 3, reconciled: true },
      { name: "Leeds", total_pence: 200, payment_method: "CASH", identity_basis: "name" },
      { total_pence: 130, item_count: 2, reconciled: true, identity_basis: "card" },
      { name: "Longridge", total_pence: 720 },
      { name: "Longridge", total_pence: 720 },
      { total_pence: 250, reconciled: false, hour: 23, business_date: "2026-03-02" },
    ],
  });
  const { lines } = told.list as { lines: object[] };
  expect(lines).toHaveLength(13);
  expect(lines[2]).toMatchObject({ name: "Frappes", flavour: "Coffee", size: "standard", price_pence: 275 });
  expect(lines[4]).toMatchObject({ name: "Babyccino", flavour: null, size: "standard", price_pence: 0 });
  expect(lines[5]).toMatchObject({ name: "Speciality Tea", flavour: "Earl Grey", size: "regular", price_pence: 130 });
});
