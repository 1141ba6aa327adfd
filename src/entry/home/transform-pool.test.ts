import { expect, test } from "vitest";
import { TransformPool } from "./transform-pool.ts";

const order = { source: "/nowhere", settings: { home: "/nowhere", dayStartsAt: "00:00" }, largestFile: 1 };
const processes = () => process.getActiveResourcesInfo().filter((kind) => kind === "ProcessWrap").length;

test("a pool that is closed starts no process that nobody would end", async () => {
  const before = processes();
  const pool = new TransformPool(order as ConstructorParameters<typeof TransformPool>[0]);
  pool.warm(1);
  expect(processes()).toBe(before + 1);
  pool.close();
  pool.warm(1);
  await expect.poll(processes).toBe(before);
});
