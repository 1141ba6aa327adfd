import { afterAll, beforeAll, expect, test } from "vitest";
import { Scope } from "#core/scope.ts";
import { latte, openSmallChain, type SmallChain } from "#metrics/small-chain.suite.ts";
import { ReadingRoom } from "./reading-room.ts";

let chain: SmallChain;

beforeAll(async () => {
  chain = await openSmallChain([
    { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
    { id: 2, name: "York", region: "Yorkshire and The Humber" },
  ]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 200)]);
  await chain.load();
});

afterAll(() => chain.dispose());

test("what head office was told of a café never answers the café's owner: breakdowns are suppressed for one of them", async () => {
  const room = new ReadingRoom(chain.warehouse);
  const directory = await room.directory();
  const tagFor = (cafes: number[]) => {
    const question = room.ask(directory, new Scope(cafes), { compare: "week", cafeIds: [1] });
    return room.tagOf(directory, question, "customer-segments", {});
  };
  expect(tagFor([1, 2])).not.toBe(tagFor([1]));
  expect(tagFor([1])).toBe(tagFor([1]));
});
