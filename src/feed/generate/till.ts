import type { Shape } from "./cafes.ts";
import { brands, LONGEST_CARD } from "./cards.ts";
import { type Day, partsOf } from "./days.ts";
import { drinks, itemCount } from "./menu.ts";
import { firstNames, lastNames } from "./names.ts";
import type { PriceList } from "./prices.ts";
import { type DayBook, itemsOf } from "./receipts.ts";

/** Many short texts as bytes in one block, to be copied without making an object of any. */
interface Texts {
  readonly bytes: Uint8Array;
  /** Text `t` is from `starts[t]` up to, but not including, `starts[t + 1]`. */
  readonly starts: Int32Array;
}

function textsOf(words: readonly string[]): Texts {
  const starts = new Int32Array(words.length + 1);
  const parts = words.map((word) => Buffer.from(word));
  for (const [number, part] of parts.entries()) starts[number + 1] = (starts[number] ?? 0) + part.length;
  return { bytes: Buffer.concat(parts), starts };
}

const first = textsOf(firstNames);
const last = textsOf(lastNames);
const cardTypes = textsOf(brands.map(({ type }) => type));
const payments = { cash: Buffer.from("CASH"), card: Buffer.from("CARD") };
/** The first line of a file of shape B. */
export const HEADER = "timestamp,store,customer_name,basket_items,total_price,cash_or_card,card_number\n";
const header = Buffer.from(HEADER);
/** Room for the longest row: eight items of the longest name, and everything else. */
const LONGEST_ROW = 900;

const COMMA = 44;
const QUOTE = 34;
const SPACE = 32;
const LINE_FEED = 10;
const ZERO = 48;

/** A day's file, and what it adds up to. */
export interface TillFile {
  /** Valid until the till writes its next file. */
  readonly bytes: Uint8Array;
  /** Where each row ends, its line feed included; a header is not a row. */
  readonly rowEnds: Int32Array;
  readonly pence: number;
}

/** Writes files as one of the three tills does, straight into bytes. */
export class Till {
  readonly #shape: Shape;
  readonly #cafe: Uint8Array;
  readonly #items = new Map<PriceList, Texts>();
  #out = new Uint8Array(1 << 16);
  #rowEnds = new Int32Array(512);
  #at = 0;

  constructor(shape: Shape, cafe: string) {
    this.#shape = shape;
    this.#cafe = Buffer.from(cafe);
  }

  write(book: DayBook, day: Day, prices: PriceList): TillFile {
    const needed = (book.receipts + 1) * 160 + LONGEST_ROW;
    if (this.#out.length < needed) this.#out = new Uint8Array(2 * needed);
    if (this.#rowEnds.length < book.receipts) this.#rowEnds = new Int32Array(2 * book.receipts);
    this.#at = 0;
    if (this.#shape === "B") this.#copy(header, 0, header.length);
    const items = this.#itemTexts(prices);
    const date = this.#shape === "A" ? isoDate(day) : britishDate(day);
    let pence = 0;
    for (let receipt = 0; receipt < book.receipts; receipt++) {
      if (this.#out.length - this.#at < LONGEST_ROW) this.#grow();
      const total = totalOf(book, receipt, prices);
      pence += total;
      this.#time(date, book, receipt);
      this.#put(COMMA);
      this.#copy(this.#cafe, 0, this.#cafe.length);
      this.#put(COMMA);
      this.#name(book.name[receipt] ?? 0);
      this.#put(COMMA);
      this.#basket(book, receipt, items);
      this.#put(COMMA);
      const payment = book.byCard[receipt] ? payments.card : payments.cash;
      if (this.#shape === "A") {
        this.#copy(payment, 0, payment.length);
        this.#put(COMMA);
        this.#money(total, true);
      } else {
        this.#money(total, this.#shape === "B");
        this.#put(COMMA);
        this.#copy(payment, 0, payment.length);
      }
      this.#put(COMMA);
      this.#card(book, receipt);
      this.#put(LINE_FEED);
      this.#rowEnds[receipt] = this.#at;
    }
    return {
      bytes: this.#out.subarray(0, this.#at),
      rowEnds: this.#rowEnds.subarray(0, book.receipts),
      pence,
    };
  }

  #put(byte: number): void {
    this.#out[this.#at++] = byte;
  }

  #copy(from: Uint8Array, start: number, end: number): void {
    const out = this.#out;
    let at = this.#at;
    for (let place = start; place < end; place++) out[at++] = from[place] ?? 0;
    this.#at = at;
  }

  #text(texts: Texts, number: number): void {
    this.#copy(texts.bytes, texts.starts[number] ?? 0, texts.starts[number + 1] ?? 0);
  }

  #two(number: number): void {
    const tens = (number / 10) | 0;
    this.#put(ZERO + tens);
    this.#put(ZERO + number - 10 * tens);
  }

  #time(date: Uint8Array, book: DayBook, receipt: number): void {
    this.#copy(date, 0, date.length);
    const minute = book.minute[receipt] ?? 0;
    const hour = (minute / 60) | 0;
    this.#two(hour);
    this.#put(58);
    this.#two(minute - 60 * hour);
    if (this.#shape !== "A") return;
    this.#put(58);
    this.#two(book.second[receipt] ?? 0);
  }

  #name(number: number): void {
    const family = (number / firstNames.length) | 0;
    this.#text(first, number - family * firstNames.length);
    this.#put(SPACE);
    this.#text(last, family);
  }

  #basket(book: DayBook, receipt: number, items: Texts): void {
    const size = book.basket[receipt] ?? 0;
    const start = itemsOf(receipt);
    const quoted = this.#shape === "A" || size > 1;
    if (quoted) this.#put(QUOTE);
    for (let place = 0; place < size; place++) {
      if (place > 0) {
        this.#put(COMMA);
        if (this.#shape !== "A") this.#put(SPACE);
      }
      this.#text(items, book.item[start + place] ?? 0);
    }
    if (quoted) this.#put(QUOTE);
  }

  /** Two decimals, or as few as Python prints: 5.2, 4.0, 17.35. */
  #money(pence: number, twoDecimals: boolean): void {
    const pounds = (pence / 100) | 0;
    const rest = pence - 100 * pounds;
    if (pounds >= 100) this.#put(ZERO + ((pounds / 100) | 0));
    if (pounds >= 10) this.#put(ZERO + (((pounds / 10) | 0) % 10));
    this.#put(ZERO + (pounds % 10));
    this.#put(46);
    const tenths = (rest / 10) | 0;
    this.#put(ZERO + tenths);
    if (twoDecimals || rest % 10 !== 0) this.#put(ZERO + rest - 10 * tenths);
  }

  #card(book: DayBook, receipt: number): void {
    const length = book.cardLength[receipt] ?? 0;
    const start = receipt * LONGEST_CARD;
    if (this.#shape !== "A") {
      this.#copy(book.card, start, start + length);
    } else if (length === 0) {
      this.#copy(NONE, 0, NONE.length);
    } else {
      this.#put(QUOTE);
      this.#text(cardTypes, book.brand[receipt] ?? 0);
      this.#put(COMMA);
      this.#copy(book.card, start, start + length);
      this.#put(QUOTE);
    }
  }

  #itemTexts(prices: PriceList): Texts {
    let texts = this.#items.get(prices);
    if (!texts) {
      const shape = this.#shape;
      texts = textsOf(Array.from({ length: itemCount }, (_, item) => itemText(shape, item, prices[item] ?? 0)));
      this.#items.set(prices, texts);
    }
    return texts;
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#out.length);
    larger.set(this.#out);
    this.#out = larger;
  }
}

const NONE = Buffer.from("None");

function totalOf(book: DayBook, receipt: number, prices: PriceList): number {
  const start = itemsOf(receipt);
  const end = start + (book.basket[receipt] ?? 0);
  let total = 0;
  for (let place = start; place < end; place++) total += prices[book.item[place] ?? 0] ?? 0;
  return total;
}

function itemText(shape: Shape, item: number, pence: number): string {
  const { name, flavour } = drinks[item >> 1] ?? { name: "", flavour: undefined };
  const size = item % 2 === 1 ? "Large" : "Regular";
  const product = flavour === undefined ? name : `${name} - ${flavour}`;
  const price = (pence / 100).toFixed(2);
  if (shape === "A") return `${size},${product},${price}`;
  // Tills of shape B put a pound sign before the price of a flavoured drink.
  return `${size} ${product} - ${shape === "B" && flavour !== undefined ? "£" : ""}${price}`;
}

function isoDate(day: Day): Uint8Array {
  const { year, month, dayOfMonth } = partsOf(day);
  return Buffer.from(`${year}-${twoDigits(month)}-${twoDigits(dayOfMonth)} `);
}

function britishDate(day: Day): Uint8Array {
  const { year, month, dayOfMonth } = partsOf(day);
  return Buffer.from(`${twoDigits(dayOfMonth)}/${twoDigits(month)}/${year} `);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
