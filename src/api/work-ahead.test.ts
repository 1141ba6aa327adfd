import { afterEach, beforeEach, expect, test } from "vitest";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { Scope } from "#core/scope.ts";
import { latte, openSmallChain, type SmallChain } from "#metrics/small-chain.suite.ts";
import { ReadingRoom } from "./reading-room.ts";
import { foreseen, WorkAhead } from "./work-ahead.ts";

let chain: SmallChain;
let statements: number;
let away: boolean;
let room: ReadingRoom;

beforeEach(async () => {
  chain = await openSmallChain([
    { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
    { id: 2, name: "Bath", region: "South West" },
  ]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 200)]);
  await chain.load();
  statements = 0;
  away = false;
  const query = (async (...asked: Parameters<Warehouse["query"]>) => {
    statements += 1;
    if (away) throw new Error("away");
    return await chain.warehouse.query(...asked);
  }) as Warehouse["query"];
  room = new ReadingRoom({ query });
});

afterEach(() => chain.dispose());

/** How many of the questions are answered already, and how many there are. */
async function ready(): Promise<{ there: number; of: number }> {
  const directory = await room.directory();
  const scope = new Scope(directory.cafes.map((cafe) => cafe.cafeId));
  const questions = [...foreseen(directory)];
  const there = questions.filter(({ metric, asked, own }) =>
    room.has(room.tagOf(directory, room.ask(directory, scope, asked), metric.name, own)),
  );
  return { there: there.length, of: questions.length };
}

test("whatever is foreseen is there afterwards, and a second time nothing is worked out", async () => {
  const ahead = new WorkAhead(room, 0);
  await ahead.start();
  const { there, of } = await ready();
  expect(of).toBeGreaterThan(100);
  expect(there).toBe(of);
  const before = statements;
  await ahead.start();
  // Only whether the data has changed.
  expect(statements - before).toBe(1);
});

test("it begins anew with the data as they are now", async () => {
  const ahead = new WorkAhead(room, 0);
  await ahead.start();
  chain.deliver(2, "2026-03-03", [latte("10:00", 300)]);
  await chain.load();
  expect((await ready()).there).toBe(0);
  await Promise.all([ahead.start(), ahead.start()]);
  const { there, of } = await ready();
  expect(there).toBe(of);
});

test("while a reader waits for an answer nothing is worked out, and afterwards it is", async () => {
  const working = Promise.withResolvers<string>();
  const reader = room.answer("a reader's", () => working.promise);
  const ahead = new WorkAhead(room, 20);
  const done = ahead.start();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await ready()).there).toBe(0);
  working.resolve("an answer");
  await reader;
  await done;
  const { there, of } = await ready();
  expect(there).toBe(of);
});

test("once it is closed the warehouse is asked for nothing more", async () => {
  const ahead = new WorkAhead(room, 0);
  const done = ahead.start();
  await ahead.close();
  await done;
  const before = statements;
  await ahead.start();
  expect(statements).toBe(before);
});

test("a warehouse that is away is nobody's trouble: what is not there is worked out when it is asked for", async () => {
  away = true;
  const ahead = new WorkAhead(room, 0);
  await ahead.start();
  away = false;
  await ahead.start();
  const { there, of } = await ready();
  expect(there).toBe(of);
});
