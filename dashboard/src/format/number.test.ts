import { describe, expect, it } from "vitest";
import {
  changeOf,
  count,
  countChange,
  directionOf,
  fineShare,
  money,
  moneyChange,
  percent,
  percentChange,
  points,
  precisionFor,
  ratio,
  ratioChange,
  share,
} from "./number.ts";

describe("money", () => {
  it("shows pence up to a week and whole pounds for longer", () => {
    expect(money(522445, precisionFor(1))).toBe("£5,224.45");
    expect(money(12429413, precisionFor(7))).toBe("£124,294.13");
    expect(money(12429413, precisionFor(8))).toBe("£124,294");
  });

  it("writes the sign of a change before the pound", () => {
    expect(moneyChange(20615)).toBe("+£206.15");
    expect(moneyChange(-7425)).toBe("−£74.25");
    expect(money(-7425)).toBe("−£74.25");
  });

  it("gives no sign to nothing, nor to what rounds to nothing", () => {
    expect(moneyChange(0)).toBe("£0.00");
    expect(moneyChange(-20, "pounds")).toBe("£0");
    expect(money(-20, "pounds")).toBe("£0");
  });
});

describe("counts and ratios", () => {
  it("separates thousands", () => {
    expect(count(1570)).toBe("1,570");
    expect(countChange(-1570)).toBe("−1,570");
    expect(countChange(19)).toBe("+19");
    expect(countChange(0)).toBe("0");
  });

  it("shows items per receipt with two decimals", () => {
    expect(ratio(2.8382)).toBe("2.84");
    expect(ratioChange(0.021)).toBe("+0.02");
    expect(ratioChange(-0.001)).toBe("0.00");
  });
});

describe("shares", () => {
  it("puts a no-break space before the percent sign", () => {
    expect(share(0.612)).toBe("61\u00a0%");
    expect(percent(-0.0412)).toBe("4.1\u00a0%");
    expect(percentChange(-0.0412)).toBe("−4.1\u00a0%");
    expect(percentChange(0.0001)).toBe("0.0\u00a0%");
  });

  it("never rounds almost all up to all", () => {
    expect(fineShare(0.99999)).toBe("99.9\u00a0%");
    expect(fineShare(0.9974)).toBe("99.7\u00a0%");
    expect(fineShare(1)).toBe("100\u00a0%");
  });

  it("calls a change between shares points", () => {
    expect(points(0.021)).toBe("2 points");
    expect(points(-0.012)).toBe("1 point");
  });
});

describe("changes", () => {
  it("has none when there is nothing to compare with", () => {
    expect(changeOf(10, 0)).toBeUndefined();
    expect(changeOf(10, null)).toBeUndefined();
    expect(changeOf(11, 10)).toBeCloseTo(0.1);
  });

  it("is level when it rounds to nothing", () => {
    expect(directionOf(0.0004)).toBe("level");
    expect(directionOf(-0.0006)).toBe("down");
    expect(directionOf(0.0006)).toBe("up");
  });
});
