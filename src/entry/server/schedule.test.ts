import { afterEach, expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { Schedule } from "./schedule.ts";

const settings = { schedule: "0 6 * * *", timeZone: "Europe/London" };

let schedule: Schedule | undefined;
afterEach(() => schedule?.stop());

/** A schedule at a moment, with the last run at another; runs are counted. */
function at(now: string, lastRun: string | null, words = settings) {
  const state = { now: new Date(now), lastRun: lastRun === null ? null : new Date(lastRun), runs: 0 };
  schedule = new Schedule({
    settings: words,
    now: () => state.now,
    lastRunAt: async () => state.lastRun,
    run: async () => {
      state.runs += 1;
      state.lastRun = state.now;
    },
  });
  return { state, schedule };
}

test("a morning that was slept through is caught up with one run", async () => {
  const { state, schedule } = at("2026-03-04T09:30:00Z", "2026-03-01T06:00:00Z");
  expect(await schedule.runIfDue()).toBe(true);
  expect(await schedule.runIfDue()).toBe(false);
  expect(state.runs).toBe(1);
});

test("a run by hand after the moment will do; one before it will not", async () => {
  expect(await at("2026-03-04T09:30:00Z", "2026-03-04T06:10:00Z").schedule.runIfDue()).toBe(false);
  expect(await at("2026-03-04T09:30:00Z", "2026-03-04T05:50:00Z").schedule.runIfDue()).toBe(true);
});

test("the moment itself is due, the second before is not", async () => {
  expect(await at("2026-03-04T05:59:58Z", "2026-03-03T06:00:00Z").schedule.runIfDue()).toBe(false);
  expect(await at("2026-03-04T06:00:00Z", "2026-03-03T06:00:00Z").schedule.runIfDue()).toBe(true);
});

test("a warehouse that has never been loaded is due", async () => {
  expect(await at("2026-03-04T03:00:00Z", null).schedule.runIfDue()).toBe(true);
});

test("a run that could not even begin is tried again at the next moment, not every minute", async () => {
  const now = { value: new Date("2026-03-04T06:00:00Z") };
  let tries = 0;
  schedule = new Schedule({
    settings,
    now: () => now.value,
    lastRunAt: async () => null,
    run: async () => {
      tries += 1;
    },
  });
  await schedule.runIfDue();
  now.value = new Date("2026-03-04T06:01:00Z");
  await schedule.runIfDue();
  expect(tries).toBe(1);
  now.value = new Date("2026-03-05T06:00:00Z");
  await schedule.runIfDue();
  expect(tries).toBe(2);
});

test("two looks at once make one run", async () => {
  const { state, schedule } = at("2026-03-04T09:30:00Z", null);
  await Promise.all([schedule.runIfDue(), schedule.runIfDue(), schedule.runIfDue()]);
  expect(state.runs).toBe(1);
});

test("six in the morning is six by London's clock, summer and winter", () => {
  expect(at("2026-03-28T12:00:00Z", null).schedule.nextRunAt?.toISOString()).toBe("2026-03-29T05:00:00.000Z");
  expect(at("2026-10-24T12:00:00Z", null).schedule.nextRunAt?.toISOString()).toBe("2026-10-25T06:00:00.000Z");
});

test("it says when in words, and an expression that is none is a setting error", () => {
  expect(at("2026-03-04T00:00:00Z", null).schedule.words).toBe("daily at 06:00, Europe/London");
  const hourly = { schedule: "0 */2 * * *", timeZone: "UTC" };
  expect(at("2026-03-04T00:00:00Z", null, hourly).schedule.words).toBe("0 */2 * * *, UTC");
  expect(() => at("2026-03-04T00:00:00Z", null, { ...settings, schedule: "at six" })).toThrow(SettingError);
});
