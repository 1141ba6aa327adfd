/** What a till's column can hold. */
export const columnMeanings = [
  /** Date and time of sale together. */
  "time",
  /** The date of sale, where the time of day has a column of its own. */
  "date",
  /** The time of day, beside `date`. */
  "clock",
  "cafe",
  /** The customer's name. */
  "customer",
  /** All items of the receipt, in one of the basket grammars. */
  "basket",
  /** What was paid for the whole receipt. */
  "total",
  "payment",
  /** A card number, or what stands for one: see `card` of the format. */
  "card",
  /** Where one row is one item: what tells this receipt from the café's others of that day. */
  "receipt",
  /** Where one row is one item: its name, flavour, size, how many of it, and its price. */
  "product",
  "flavour",
  "size",
  "quantity",
  "price",
  /** What kind of row it is, and what became of the sale: for `skip` and `refunds` of the format, and for nothing else. */
  "type",
  "status",
  /** A column we have no use for. */
  "skip",
] as const;

export type ColumnMeaning = (typeof columnMeanings)[number];

/** What each meaning is called in a sentence. */
export const meaningWords: Readonly<Record<ColumnMeaning, string>> = {
  time: "a time of sale",
  date: "a date of sale",
  clock: "a time of day",
  cafe: "a café",
  customer: "a customer",
  basket: "a basket",
  total: "a total",
  payment: "a payment method",
  card: "a card",
  receipt: "a receipt number",
  product: "a product",
  flavour: "a flavour",
  size: "a size",
  quantity: "a quantity",
  price: "a price",
  type: "a kind of row",
  status: "a status",
  skip: "anything",
};
