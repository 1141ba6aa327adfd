/**
 * Card numbers that no bank has issued: each begins with the digits of a number that payment firms publish for tests
 * (4111 11…, 5555 55…, 3782 82…) and ends in the check digit of ISO/IEC 7812, the one named after Hans Peter Luhn.
 */
interface Brand {
  /** As a till of shape A writes it. */
  readonly type: string;
  readonly prefix: string;
  readonly digits: number;
  /** Of a thousand cards. */
  readonly perThousand: number;
}

export const brands: readonly Brand[] = [
  { type: "visa", prefix: "411111", digits: 16, perThousand: 280 },
  { type: "visa", prefix: "424242", digits: 16, perThousand: 230 },
  { type: "mastercard", prefix: "555555", digits: 16, perThousand: 210 },
  { type: "mastercard", prefix: "510510", digits: 16, perThousand: 120 },
  { type: "mastercard", prefix: "222300", digits: 16, perThousand: 60 },
  { type: "americanexpress", prefix: "3782", digits: 15, perThousand: 30 },
  { type: "americanexpress", prefix: "3714", digits: 15, perThousand: 20 },
  { type: "visa16", prefix: "400000", digits: 16, perThousand: 25 },
  { type: "visa19", prefix: "400002", digits: 19, perThousand: 10 },
  { type: "visa13", prefix: "422", digits: 13, perThousand: 5 },
  { type: "discover", prefix: "601111", digits: 16, perThousand: 10 },
];

/** Room that the longest card number takes, in bytes. */
export const LONGEST_CARD = 19;

const prefixes = brands.map(({ prefix }) => [...prefix].map(Number));
const brandOfThousand = brands.flatMap(({ perThousand }, brand) => new Array<number>(perThousand).fill(brand));

/** The brand of a customer's card, as an index of {@link brands}; `draw` is any whole number from 0. */
export function brandOf(draw: number): number {
  return brandOfThousand[draw % 1000] ?? 0;
}

/**
 * Writes the digits of a customer's card as ASCII and returns how many. Two customers of a café have different cards
 * as long as there are fewer than a million numbers.
 *
 * @param cafe the number of the customer's home café
 * @param customer the customer's number there
 */
export function writeCard(into: Uint8Array, at: number, brand: number, cafe: number, customer: number): number {
  const digits = brands[brand]?.digits ?? 16;
  const prefix = prefixes[brand] ?? [];
  let end = at;
  for (const digit of prefix) into[end++] = 48 + digit;
  const own = digits - prefix.length - 4;
  end = writeDigits(into, end, cafe % 1000, 3);
  // A multiplier that ends in 9 has no factor in common with 10, so every number of `own` digits comes up once.
  end = writeDigits(into, end, (customer * 610_639 + cafe * 7919) % 10 ** own, own);
  into[end] = 48 + checkDigit(into, at, end);
  return digits;
}

function writeDigits(into: Uint8Array, at: number, number: number, width: number): number {
  let rest = number;
  for (let place = at + width - 1; place >= at; place--) {
    const tens = Math.floor(rest / 10);
    into[place] = 48 + rest - 10 * tens;
    rest = tens;
  }
  return at + width;
}

/** The digit that makes the sum of all others, every second one doubled from the right, a multiple of ten. */
function checkDigit(digits: Uint8Array, from: number, to: number): number {
  let sum = 0;
  let doubled = true;
  for (let place = to - 1; place >= from; place--) {
    let digit = (digits[place] ?? 48) - 48;
    if (doubled) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
    doubled = !doubled;
  }
  return (10 - (sum % 10)) % 10;
}
