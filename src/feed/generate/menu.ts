/** What a drink is, as far as weather, time of day and region change how many want it. */
export type Family = "coffee" | "tea" | "chocolate" | "cold" | "smoothie" | "milk";

/** A line of the menu: a product with its flavours, and its prices in pence before any price rise. */
interface MenuLine {
  readonly name: string;
  readonly flavours: readonly string[];
  readonly regular: number;
  readonly large: number;
  readonly family: Family;
  /** How often it is ordered, all flavours together, relative to a latte's 100. */
  readonly demand: number;
}

function line(
  name: string,
  family: Family,
  demand: number,
  [regular, large]: readonly [number, number],
  flavours: readonly string[] = [],
): MenuLine {
  return { name, family, demand, regular, large, flavours };
}

/**
 * The menu as the tills write it. "Hot chocolate" and "Hot Chocolate" (a child's cup) are two products.
 * Demand follows Square's counts in British coffee shops: latte first, tea second (2018); of all coffees 28 % lattes,
 * 27 % flat whites, 18 % cappuccinos, 15 % americanos, 2 or 3 % each of mocha, espresso and cortado (a later count).
 */
export const menuLines: readonly MenuLine[] = [
  line("Latte", "coffee", 100, [215, 245]),
  line("Flavoured latte", "coffee", 38, [255, 285], ["Vanilla", "Caramel", "Hazelnut", "Gingerbread"]),
  line("Cappuccino", "coffee", 68, [215, 245]),
  line("Americano", "coffee", 60, [195, 225]),
  line("Flat white", "coffee", 84, [215, 245]),
  line("Cortado", "coffee", 8, [205, 235]),
  line("Mocha", "coffee", 20, [230, 270]),
  line("Espresso", "coffee", 12, [150, 180]),
  line("Filter coffee", "coffee", 22, [150, 180]),
  line("Chai latte", "tea", 16, [230, 260]),
  line("Hot chocolate", "chocolate", 30, [220, 290]),
  line("Flavoured hot chocolate", "chocolate", 14, [260, 290], ["Caramel", "Hazelnut", "Vanilla"]),
  line("Luxury hot chocolate", "chocolate", 12, [240, 270]),
  line("Red Label tea", "tea", 62, [120, 180]),
  line(
    "Speciality Tea",
    "tea",
    30,
    [130, 160],
    ["Earl Grey", "Green", "Camomile", "Peppermint", "Fruit", "Darjeeling", "English breakfast"],
  ),
  line("Iced latte", "cold", 26, [235, 285]),
  line("Flavoured iced latte", "cold", 18, [275, 325], ["Vanilla", "Caramel", "Hazelnut"]),
  line("Iced americano", "cold", 12, [215, 250]),
  line("Frappes", "cold", 22, [275, 325], ["Chocolate Cookie", "Strawberries & Cream", "Coffee"]),
  line("Smoothies", "smoothie", 20, [200, 250], ["Carrot Kick", "Berry Beautiful", "Glowing Greens"]),
  line("Hot Chocolate", "chocolate", 12, [140, 170]),
  line("Glass of milk", "milk", 6, [70, 110]),
];

/** A drink on the board: a line in one of its flavours. Even without flavours a line is one drink. */
export interface Drink {
  readonly lineNumber: number;
  readonly name: string;
  readonly flavour: string | undefined;
  readonly family: Family;
  readonly demand: number;
}

/** Every drink, in menu order. Earlier flavours are asked for more than later ones. */
export const drinks: readonly Drink[] = menuLines.flatMap(({ name, flavours, family, demand }, lineNumber): Drink[] => {
  if (flavours.length === 0) return [{ lineNumber, name, flavour: undefined, family, demand }];
  const weights = flavours.map((_, rank) => 1 / (rank + 1.5));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return flavours.map((flavour, rank) => ({
    lineNumber,
    name,
    flavour,
    family,
    demand: (demand * (weights[rank] ?? 0)) / all,
  }));
});

/** A drink in a size has the number `2 * drink`, and one more if it is large. */
export const itemCount = 2 * drinks.length;

/** Of a hundred drinks sold, those in the large size. */
export const LARGE_SHARE = 0.38;

/** The number of a drink, by its name and flavour. */
export function drinkNumber(name: string, flavour?: string): number {
  const found = drinks.findIndex((drink) => drink.name === name && drink.flavour === flavour);
  if (found === -1) throw new Error(`There is no ${name} ${flavour ?? ""} on the menu`);
  return found;
}

/** Drinks that are bought together, in both directions: the second drink of a receipt is often the first one's partner. */
export const partners: ReadonlyMap<number, number> = new Map(
  (
    [
      [drinkNumber("Cappuccino"), drinkNumber("Americano")],
      [drinkNumber("Latte"), drinkNumber("Flat white")],
      [drinkNumber("Red Label tea"), drinkNumber("Hot Chocolate")],
      [drinkNumber("Mocha"), drinkNumber("Luxury hot chocolate")],
      [drinkNumber("Iced latte"), drinkNumber("Frappes", "Strawberries & Cream")],
      [drinkNumber("Smoothies", "Berry Beautiful"), drinkNumber("Glass of milk")],
    ] as const
  ).flatMap(([one, other]) => [
    [one, other],
    [other, one],
  ]),
);

/** How often a drink that has a partner brings it along as the next line of the receipt. */
export const PARTNER_SHARE = 0.3;
