import { expect, test } from "vitest";
import { fingerprintsOf } from "./keys.ts";

const [one, two, other] = [1, 2, 3].map((fill) => Buffer.alloc(32, fill)) as [Buffer, Buffer, Buffer];

test("a chain has a name for itself and for every chain it grew from", () => {
  const [short, long] = fingerprintsOf([one, two]);
  expect(fingerprintsOf([one])).toEqual([short]);
  expect(long).toMatch(/^[0-9a-f]{32}$/);
  expect(long).not.toBe(short);
});

test("any other key anywhere in the chain gives another name", () => {
  const name = fingerprintsOf([one, two]).at(-1);
  for (const chain of [[one, other], [other, two], [two, one], [two]])
    expect(fingerprintsOf(chain).at(-1)).not.toBe(name);
});
