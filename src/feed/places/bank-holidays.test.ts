import { describe, expect, it } from "vitest";
import { bankHolidays } from "./bank-holidays.ts";
import type { Nation } from "./regions.ts";

/** As published on gov.uk/bank-holidays: month and day, in order. */
const published: [nation: Nation, year: number, days: string][] = [
  ["england_wales", 2002, "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26"],
  ["england_wales", 2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"],
  ["england_wales", 2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"],
  ["england_wales", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"],
  ["england_wales", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"],
  ["england_wales", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"],
  ["england_wales", 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"],
  ["england_wales", 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"],
  ["england_wales", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"],
  ["scotland", 2021, "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28"],
  ["scotland", 2022, "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27"],
  ["scotland", 2023, "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26"],
  ["scotland", 2024, "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26"],
  ["scotland", 2026, "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28"],
  ["northern_ireland", 2022, "01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27"],
  ["northern_ireland", 2024, "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"],
  ["northern_ireland", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28"],
];

describe("bank holidays", () => {
  it.each(published)("are those published for %s in %i", (nation, year, days) => {
    const computed = bankHolidays(year)
      .filter(({ nations }) => nations.includes(nation))
      .map(({ date }) => date.slice(5));
    expect(computed.join(" ")).toBe(days);
  });

  it("fall on a weekday, once a nation and day, from 2000 to 2049", () => {
    for (let year = 2000; year < 2050; year++) {
      const days = bankHolidays(year);
      const perNation = days.flatMap(({ date, nations }) => nations.map((nation) => `${nation} ${date}`));
      expect(new Set(perNation).size).toBe(perNation.length);
      for (const { date } of days) expect([0, 6]).not.toContain(new Date(`${date}T00:00Z`).getUTCDay());
    }
  });

  it("begin St Andrew's Day in 2007", () => {
    expect(bankHolidays(2006).map(({ name }) => name)).not.toContain("St Andrew’s Day");
    expect(bankHolidays(2007).map(({ name }) => name)).toContain("St Andrew’s Day");
  });
});
