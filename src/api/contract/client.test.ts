import { hc } from "hono/client";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import { latte } from "#metrics/small-chain.suite.ts";
import { openSmallSite, origin, type SmallSite } from "../small-site.suite.ts";
import type { Api, LeagueAnswer, SalesTrendAnswer } from "./index.ts";

let site: SmallSite;

beforeEach(async () => {
  site = await openSmallSite([{ id: 1, name: "Leeds", region: "Yorkshire and The Humber" }]);
  site.chain.deliver(1, "2026-03-03", [latte("09:00", 200)]);
  await site.chain.load();
});

afterEach(() => site.dispose());

const client = () =>
  hc<Api>(origin, { fetch: (url: string | Request | URL, init?: RequestInit) => site.request(String(url), init) }).api;

test("the typed client asks and reads what the contract says", async () => {
  await site.enter();
  const response = await client().metrics["sales-trend"].$get({ query: { grain: "day", last: "7", compare: "year" } });
  if (!response.ok) throw new Error("The client was refused.");
  const trend = await response.json();
  expectTypeOf(trend).toEqualTypeOf<SalesTrendAnswer>();
  expect(trend.points).toMatchObject([{ from: "2026-03-03", totalPence: 200 }]);
});

test("a refusal is a problem, by its type too", async () => {
  const response = await client().session.$get();
  if (response.ok) throw new Error("Nobody is signed in.");
  const { type, next } = await response.json();
  expectTypeOf(next).toEqualTypeOf<string>();
  expect(type).toBe("/problems/signed-out");
});

test("a parameter that is not in the contract does not compile", async () => {
  await site.enter();
  // @ts-expect-error there is no such comparison
  const response = await client().metrics.league.$get({ query: { compare: "decade" } });
  expect(response.status).toBe(400);
  expectTypeOf<LeagueAnswer["cafes"][number]["rank"]>().toEqualTypeOf<number | null>();
});
