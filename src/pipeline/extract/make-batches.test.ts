import fc from "fast-check";
import { expect, test } from "vitest";
import type { FilePointer } from "#core/messages.ts";
import { makeBatches } from "./make-batches.ts";

const file = fc.record({
  key: fc.string({ unit: "grapheme", minLength: 1, maxLength: 1000 }),
  version: fc.nat(),
  size: fc.nat({ max: 1000 }),
  modifiedAt: fc.nat(),
});

test("every file is in one batch, and none is larger than was asked", () => {
  fc.assert(
    fc.property(
      fc.array(file, { size: "large", maxLength: 300 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 10_000 }),
      (files, most, bytes) => {
        // Long keys many times over, so that a message fills up before anything else does.
        const many = files.flatMap((one) => [one, { ...one, key: `${one.key}${"£".repeat(900)}` }]);
        const batches = makeBatches(many, { files: most, bytes });
        const seen = (some: readonly FilePointer[]) => some.map((one) => JSON.stringify(one)).sort();
        expect(seen(batches.flat())).toEqual(seen(many));
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(most);
          if (batch.length > 1) expect(batch.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(bytes);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test("a message of 1,500 files with long keys is split before it weighs 256 KiB", () => {
  const files = Array.from({ length: 1500 }, (_, n) => ({
    key: `${"café/".repeat(60)}${n}.csv`,
    version: n,
    size: 1,
    modifiedAt: 1_700_000_000_000,
  }));
  const batches = makeBatches(files, { files: 1500, bytes: 1_000_000 });
  expect(batches.length).toBeGreaterThan(1);
  for (const batch of batches) {
    const message = {
      runId: "20261122T060000Z-3f9a1c",
      batchId: "20261122T060000Z-3f9a1c-1",
      sourceUrl: "s3://tills",
      files: batch,
    };
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(256 * 1024);
  }
});
