import { randomGamma } from "d3-random";
import type { Cafe } from "./cafes.ts";
import type { Day } from "./days.ts";
import { mix, type RandomStream, randomStream } from "./random.ts";

/**
 * Loyalty. Each person visits at random at a rate of their own, and the rates are spread by a gamma distribution: visit
 * counts then follow the negative binomial distribution, as A. S. C. Ehrenberg found for repeat buying (Repeat-Buying:
 * Facts, Theory and Applications, 1988). The small exponent makes most people very light buyers. A few regulars, who come on most days, are added: the law alone has hardly any.
 */
const LOYALTY_EXPONENT = 0.12;
/** Mean visits a year over everybody who might come, most of whom never do. */
const YEARLY_VISITS = 1.6;
/** People of the neighbouring café's who also come here, as a share of those who might. */
const FROM_NEXT_DOOR = 0.07;
/** The part of the neighbour's people, from the most frequent, that they are. */
const REGULARS_NEXT_DOOR = 0.12;
/** Days a person lives or works near a café before somebody takes their place: a third leave within the year. */
const SHORT_STAY = [140, 330] as const;
const LONG_STAY = [400, 1700] as const;
const SHORT_STAYERS = 0.35;
/** Of a hundred people, those who always pay cash and those who do as often as not (UK Finance: 12 % of payments in 2023, 9 % in 2024). */
const CASH_ONLY = 7;
const CASH_OFTEN = 8;

/** How a person pays. */
export const CASH = 0;
export const EITHER = 1;
const CARD = 2;

/** After so many holders of a place their customer numbers come round again: two years and more. */
const NUMBERED_TURNS = 8;
/** One place in so many is held by a regular, who comes almost every day or every other. */
const PLACES_PER_REGULAR = 1400;
/** Visits a year of a regular. */
const REGULAR_VISITS = [110, 300] as const;

/** Days of the shortest stay that any café has. */
const SHORTEST_STAY = 105;

/** How many places a café's pool has, for so many receipts a year. */
export function placesFor(expected: number): number {
  return Math.max(40, Math.round(expected / YEARLY_VISITS));
}

/** How many people at most hold one place within so many days. */
export function turnsWithin(days: number): number {
  return Math.ceil(days / SHORTEST_STAY) + 1;
}

/**
 * The people who might come to a café: a fixed number of places, each held by one person after another. A place's stay
 * and first day are its own, so who holds it on a day follows from the day alone: people lapse and others are won without
 * anybody keeping count. Places are in order of how often their holder comes, the rarest first.
 */
export class CustomerPool {
  readonly places: number;
  readonly #cafe: number;
  readonly #seed: number;
  readonly #stay: Int32Array;
  readonly #phase: Int32Array;
  readonly #threshold: Float64Array;
  readonly #alias: Int32Array;
  readonly #neighbour: CustomerPool | undefined;

  /**
   * @param expected receipts a year
   * @param neighbour the pool of the café that shares customers with this one
   */
  constructor(seed: number, cafe: Cafe, expected: number, neighbour?: CustomerPool) {
    this.#seed = mix(seed, cafe.number, 61);
    this.#cafe = cafe.number;
    this.#neighbour = neighbour;
    this.places = placesFor(expected);
    const random = randomStream();
    random.startFrom(this.#seed, 62, 0);

    const draw = randomGamma.source(random.next)(LOYALTY_EXPONENT);
    const rates = Float64Array.from({ length: this.places }, draw);
    const [fewest, most] = REGULAR_VISITS;
    for (let place = 0; place < this.places; place += PLACES_PER_REGULAR) {
      const visits = fewest + (most - fewest) * random.next();
      rates[place] = (visits * LOYALTY_EXPONENT) / YEARLY_VISITS;
    }
    rates.sort();
    [this.#threshold, this.#alias] = aliasTable(rates);

    // Some cafés lose their people faster than others, and win new ones as fast.
    const staying = 0.75 + 0.6 * random.next();
    this.#stay = new Int32Array(this.places);
    this.#phase = new Int32Array(this.places);
    for (let place = 0; place < this.places; place++) {
      const [least, most] = random.next() < SHORT_STAYERS ? SHORT_STAY : LONG_STAY;
      const stay = Math.round(staying * (least + (most - least) * random.next()));
      this.#stay[place] = stay;
      this.#phase[place] = random.below(stay);
    }
  }

  /** A place, drawn by how often its holder comes: Walker's alias method, two numbers whatever the size of the pool. */
  draw(random: RandomStream): number {
    const column = random.below(this.places);
    return random.next() < (this.#threshold[column] ?? 1) ? column : (this.#alias[column] ?? column);
  }

  /** Finds out who holds a place on a day, and writes it into `into`. */
  identify(place: number, day: Day, into: Person): void {
    const word = mix(this.#seed, place, 63);
    if (this.#neighbour && word >>> 0 < FROM_NEXT_DOOR * 4294967296) {
      const { places } = this.#neighbour;
      const rank = ((mix(word, 1, 0) >>> 0) / 4294967296) * REGULARS_NEXT_DOOR * places;
      this.#neighbour.#holder(places - 1 - Math.floor(rank), day, into);
    } else {
      this.#holder(place, day, into);
    }
  }

  /** The how-manieth person to hold a place it is that holds it on a day. */
  turnOn(place: number, day: Day): number {
    return Math.floor((day + (this.#phase[place] ?? 0)) / (this.#stay[place] ?? 1));
  }

  #holder(place: number, day: Day, into: Person): void {
    const turn = this.turnOn(place, day);
    into.home = this.#cafe;
    into.place = place;
    into.turn = turn;
    into.number = (turn % NUMBERED_TURNS) * this.places + place;
    const traits = mix(this.#seed, place, turn + 1000);
    into.traits = traits;
    const purse = (mix(traits, 2, 0) >>> 0) % 100;
    into.pays = purse < CASH_ONLY ? CASH : purse < CASH_ONLY + CASH_OFTEN ? EITHER : CARD;
  }
}

/** Who a receipt belongs to. One object is used again and again: there are millions of receipts. */
export interface Person {
  /** The number of the café whose customer they are. */
  home: number;
  /** The place they hold in that café's pool, and the how-manieth person they are to hold it. */
  place: number;
  turn: number;
  /** Their number there, as their card shows it. */
  number: number;
  /** A word from which their name, card and tastes follow. */
  traits: number;
  /** {@link CASH}, {@link EITHER} or {@link CARD}. */
  pays: number;
}

export function nobody(): Person {
  return { home: 0, place: 0, turn: 0, number: 0, traits: 0, pays: CARD };
}

/**
 * A. J. Walker's alias table, built in M. D. Vose's way (1991): every column holds its own number with a probability, and
 * another one otherwise.
 */
function aliasTable(weights: Float64Array): [threshold: Float64Array, alias: Int32Array] {
  const count = weights.length;
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const threshold = weights.map((weight) => (weight * count) / all);
  const alias = Int32Array.from({ length: count }, (_, column) => column);
  const poor: number[] = [];
  const rich: number[] = [];
  for (let column = 0; column < count; column++) ((threshold[column] ?? 0) < 1 ? poor : rich).push(column);
  while (poor.length > 0 && rich.length > 0) {
    const needy = poor.pop() ?? 0;
    const giver = rich[rich.length - 1] ?? 0;
    alias[needy] = giver;
    const left = (threshold[giver] ?? 0) - (1 - (threshold[needy] ?? 0));
    threshold[giver] = left;
    if (left < 1) {
      rich.pop();
      poor.push(giver);
    }
  }
  // What rounding leaves over stands alone.
  for (const column of [...poor, ...rich]) threshold[column] = 1;
  return [threshold, alias];
}
