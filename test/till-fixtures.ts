/** A line of a receipt as somebody would say it. */
interface FixtureLine {
  size?: "Regular" | "Large";
  name: string;
  flavour?: string;
  pence: number;
  /** Write the price with its £. */
  pound?: boolean;
}

/** A receipt as somebody would say it; the shapes below write it down as three kinds of till do. */
export interface FixtureReceipt {
  /** `YYYY-MM-DD HH:MM`, UK wall-clock time. */
  at: string;
  cafe: string;
  customer: string;
  lines: readonly FixtureLine[];
  payment: "CARD" | "CASH";
  /** Digits; from a range that card schemes keep for tests. */
  card?: string;
  /** What was paid, where it is not what the lines add up to. */
  paidPence?: number;
}

/** The kinds of till there are fixtures for. */
export const shapes = {
  /** 2020: items as size, name and price; payment before total; the card with its type, or None. */
  triples: (receipts: readonly FixtureReceipt[]) => receipts.map(tripleRow).join(""),
  /** 2020: with a header; items as a list. */
  listWithHeader: (receipts: readonly FixtureReceipt[]) =>
    `timestamp,branch,customer_name,basket_items,total_price,payment_type,card_number\n${receipts.map(listRow).join("")}`,
  /** From 2021 on: items as a list. */
  list: (receipts: readonly FixtureReceipt[]) => receipts.map(listRow).join(""),
};

function tripleRow(receipt: FixtureReceipt): string {
  const basket = receipt.lines
    .map((line) => `${line.size ?? ""},${nameOf(line)},${decimal(line.pence, line.pound)}`)
    .join(",");
  return row([
    `${receipt.at}:00`,
    receipt.cafe,
    receipt.customer,
    basket,
    receipt.payment,
    decimal(paid(receipt)),
    receipt.card === undefined ? "None" : `visa16,${receipt.card}`,
  ]);
}

function listRow(receipt: FixtureReceipt): string {
  // An item without a size starts with a space, as those tills write it.
  const basket = receipt.lines
    .map((line) => `${line.size ?? ""} ${nameOf(line)} - ${decimal(line.pence, line.pound)}`)
    .join(", ");
  const [date = "", time = ""] = receipt.at.split(" ");
  return row([
    `${date.split("-").reverse().join("/")} ${time}`,
    receipt.cafe,
    receipt.customer,
    basket,
    // These tills write 5.20 as 5.2.
    String(paid(receipt) / 100),
    receipt.payment,
    receipt.card ?? "",
  ]);
}

/** One row of CSV; a cell is quoted only where it must be. */
export function row(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\n`;
}

function nameOf({ name, flavour }: FixtureLine): string {
  return flavour === undefined ? name : `${name} - ${flavour}`;
}

function paid({ lines, paidPence }: FixtureReceipt): number {
  return paidPence ?? lines.reduce((sum, line) => sum + line.pence, 0);
}

function decimal(pence: number, pound = false): string {
  return `${pound ? "£" : ""}${(pence / 100).toFixed(2)}`;
}

/** A latte at this café and minute, paid by card: for tests to which it does not matter what was sold. */
export function latte(cafe: string, at: string, card = "4000000000000002"): FixtureReceipt {
  return {
    at,
    cafe,
    customer: "Pat Sample",
    lines: [{ size: "Regular", name: "Latte", pence: 215 }],
    payment: "CARD",
    card,
  };
}
