import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { whatChangedParams } from "./schema.ts";
import { whatChanged } from "./what-changed.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const params = (own: object = {}) => whatChangedParams.parse({ by: "customer-kind", ...own });

test("by kind of customer: new is who came to the café for the first time in the period, each side by its own", async () => {
  chain = await openSmallChain([leeds, york]);
  // Who is new is known 28 days after the data begins: from the 24th.
  chain.deliver(1, "2026-01-27");
  chain.deliver(1, "2026-02-16", [latte("09:00", 100, 7)]);
  chain.deliver(1, "2026-02-24", [latte("09:00", 200, 7), latte("10:00", 150, 8), latte("10:00", 160, 8)]);
  chain.deliver(2, "2026-02-24", [latte("09:00", 300, 7)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 200, 7), latte("10:00", 150, 8), latte("12:00", 120)]);
  chain.deliver(2, "2026-03-03", [latte("09:00", 310, 7), latte("10:00", 90, 8)]);
  await chain.load();
  const { lines, total } = await whatChanged.run(await chain.ask(), params());
  expect(lines.map(({ name, nowPence, beforePence }) => [name, nowPence, beforePence])).toEqual([
    // Customer 7 was new to York on the 24th, though known in Leeds.
    ["new", 90, 610],
    ["returning", 660, 200],
    ["unknown", 120, 0],
  ]);
  expect(total.differencePence).toBe(60);
});

test("where either side has days before who is new can be known, new and returning are one kind, never a change between them", async () => {
  chain = await openSmallChain([leeds]);
  // The 24th is the 27th day after the first: one too early. Customer 7 may have come for years.
  chain.deliver(1, "2026-01-28");
  chain.deliver(1, "2026-02-24", [latte("09:00", 200, 7), latte("10:00", 100)]);
  chain.deliver(1, "2026-02-25", [latte("09:00", 200, 7)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 210, 7), latte("10:00", 150, 8), latte("12:00", 120)]);
  chain.deliver(1, "2026-03-04", [latte("09:00", 210, 7), latte("10:00", 160, 9)]);
  await chain.load();
  const linesOf = async (from: string, own: object = {}) => {
    if (!chain) throw new Error("Open a chain first.");
    const { lines, total } = await whatChanged.run(await chain.ask({ from, to: "2026-03-04" }), params(own));
    expect(lines.reduce((sum, line) => sum + line.differencePence, 0)).toBe(total.differencePence);
    return lines.map(({ name, nowPence, beforePence }) => [name, nowPence, beforePence]).sort();
  };
  expect(await linesOf("2026-03-03")).toEqual([
    ["known", 730, 400],
    ["unknown", 120, 100],
  ]);
  // As wholes too, and where it is the period itself that is too early.
  expect(await linesOf("2026-03-04", { beforeFrom: "2026-02-24", beforeTo: "2026-02-25" })).toEqual([
    ["known", 370, 400],
    ["unknown", 0, 100],
  ]);
  expect(await linesOf("2026-02-24", { beforeFrom: "2026-03-03", beforeTo: "2026-03-03" })).toMatchObject([
    ["known", 1130, 360],
    ["unknown", 220, 120],
  ]);
  // Later days than that are told apart.
  expect(await linesOf("2026-03-04")).toEqual([
    ["new", 160, 0],
    ["returning", 210, 200],
  ]);
});
