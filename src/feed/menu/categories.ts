/** The kinds of thing a café sells, as people group them. */
export type Category =
  | "Coffee"
  | "Iced coffee"
  | "Tea"
  | "Hot chocolate"
  | "Frappes"
  | "Smoothies"
  | "Milk"
  | "Food"
  | "Other";

/** The category of a product, by its name as the till writes it. What is not on this list is "Other". */
export const productCategories: Readonly<Record<string, Category>> = {
  Latte: "Coffee",
  "Flavoured latte": "Coffee",
  Cappuccino: "Coffee",
  Americano: "Coffee",
  "Flat white": "Coffee",
  Cortado: "Coffee",
  Mocha: "Coffee",
  Espresso: "Coffee",
  "Filter coffee": "Coffee",
  "Chai latte": "Tea",
  "Red Label tea": "Tea",
  "Speciality Tea": "Tea",
  "Hot chocolate": "Hot chocolate",
  "Hot Chocolate": "Hot chocolate",
  "Flavoured hot chocolate": "Hot chocolate",
  "Luxury hot chocolate": "Hot chocolate",
  "Iced latte": "Iced coffee",
  "Flavoured iced latte": "Iced coffee",
  "Iced americano": "Iced coffee",
  Frappes: "Frappes",
  Smoothies: "Smoothies",
  "Glass of milk": "Milk",
};

/** What the products on the menu are flavoured with. */
export const menuFlavours: readonly string[] = [
  ...["Vanilla", "Caramel", "Hazelnut", "Gingerbread"],
  ...["Earl Grey", "Green", "Camomile", "Peppermint", "Fruit", "Darjeeling", "English breakfast"],
  ...["Chocolate Cookie", "Strawberries & Cream", "Coffee"],
  ...["Carrot Kick", "Berry Beautiful", "Glowing Greens"],
];
