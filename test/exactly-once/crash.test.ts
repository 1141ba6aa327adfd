import { afterEach, beforeEach, expect, test } from "vitest";
import { Death, mortal } from "../mortal.ts";
import { latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";

let tracker: Tracker;

beforeEach(async () => {
  tracker = await openTracker({ maxReceives: 100 });
});

afterEach(() => tracker.close());

const monday = [9, 10, 11].map((hour) => latte("Leeds", `2026-03-02 ${hour}:00`.replace(" 9", " 09")));
/** Two states of the source, each with a duplicate, a superseded day and a refused row. */
const states: Record<string, string>[] = [
  {
    "leeds.csv": shapes.list(monday.slice(0, 2)),
    "leeds again.csv": shapes.list(monday),
    "longridge.csv": `${shapes.list([latte("Longridge", "2026-03-02 09:00")])}02/03/2026 10:00,Longridge\n`,
  },
  {
    "leeds.csv": shapes.list(monday.slice(1)),
    "leeds again.csv": shapes.list([latte("Leeds", "2026-03-03 09:00")]),
    "longridge.csv": shapes.list([latte("Longridge", "2026-03-02 09:30", "5555555555554444")]),
  },
];

async function deliver(files: Record<string, string> = {}): Promise<void> {
  for (const [key, content] of Object.entries(files)) await tracker.deliver(key, content);
}

test("killed after any step and run again, the warehouse is that of an undisturbed run", async () => {
  const expected: Record<string, string>[] = [];
  for (const state of states) {
    await deliver(state);
    await tracker.run();
    expected.push(await tracker.digest());
  }
  expect(expected[0]).not.toEqual(expected[1]);
  // Each round delivers the other state and dies one step later, until a run gets through alive.
  for (let diesAfter = 0; ; diesAfter++) {
    const turn = diesAfter % 2;
    await deliver(states[turn]);
    const { changes, steps } = mortal(tracker.context, tracker.transformContext, diesAfter);
    const outcome = await tracker.run(changes).catch((error: unknown) => error);
    if (!(outcome instanceof Death)) {
      expect(outcome).toMatchObject({ status: "completed" });
      expect(steps()).toBeGreaterThan(10);
      break;
    }
    await tracker.recover();
    expect(await tracker.run(), `after dying at step ${diesAfter}`).toMatchObject({ status: "completed" });
    expect(await tracker.digest(), `after dying at step ${diesAfter}`).toEqual(expected[turn]);
    expect(await tracker.audit()).toEqual([]);
  }
}, 120_000);
