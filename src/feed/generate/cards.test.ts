import { describe, expect, it } from "vitest";
import { brandOf, brands, LONGEST_CARD, writeCard } from "./cards.ts";

function card(brand: number, cafe: number, customer: number): string {
  const bytes = new Uint8Array(LONGEST_CARD + 2);
  const length = writeCard(bytes, 1, brand, cafe, customer);
  return Buffer.from(bytes.subarray(1, 1 + length)).toString();
}

/** The check of ISO/IEC 7812-1, annex B, from the right. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((all, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

describe("card numbers", () => {
  it("pass the Luhn check, have their brand's length and begin like a published test number", () => {
    for (const [brand, { prefix, digits }] of brands.entries()) {
      for (let customer = 0; customer < 200; customer++) {
        const number = card(brand, customer % 120, customer * 4001);
        expect(number).toMatch(/^\d+$/);
        expect(number).toHaveLength(digits);
        expect(number.startsWith(prefix)).toBe(true);
        expect(passesLuhn(number)).toBe(true);
      }
    }
  });

  it("differ from customer to customer and from café to café", () => {
    const seen = new Set<string>();
    for (let customer = 0; customer < 3000; customer++) {
      for (const cafe of [0, 1, 103]) seen.add(card(brandOf(customer * 7), cafe, customer));
    }
    expect(seen.size).toBe(9000);
  });
});
