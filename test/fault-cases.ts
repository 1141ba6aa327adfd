import { gzipSync, zstdCompressSync } from "node:zlib";
import type { Reason } from "#core/reasons.ts";
import { parseFormat } from "#feed/formats/read-formats.ts";
import { latte, row, shapes } from "./till-fixtures.ts";

// Every fault a till file can have, a file each.

/** What must become of a file: its status, the places of the rows that are loaded, and of those refused with why. */
export interface Outcome {
  status: "loaded" | "quarantined";
  reason?: Reason;
  loaded?: number[];
  refused?: [place: number, reason: Reason][];
}

export const cases: Record<string, { content: string | Buffer; outcome: Outcome }> = {};
let cafes = 0;

/** A café of its own for every case, so that no two files are about the same day. */
function given(what: string, make: (cafe: string) => string | Buffer, outcome: Outcome): void {
  cafes += 1;
  cases[what] = { content: make(`Fault ${String.fromCharCode(64 + (cafes % 26 || 26))}${cafes}`), outcome };
}

/** A good row of a café, an hour each, as the 2021 tills write it. */
const good = (cafe: string, hour = 9) => shapes.list([latte(cafe, `2026-03-02 ${String(hour).padStart(2, "0")}:00`)]);

/** A row in which one cell is not as it should be. */
function odd(
  cafe: string,
  change: Partial<Record<"time" | "cafe" | "customer" | "basket" | "total" | "payment" | "card", string>>,
) {
  const cells = {
    time: "02/03/2026 12:00",
    cafe,
    customer: "Jo Example",
    basket: "Regular Latte - 2.15",
    total: "2.15",
    payment: "CARD",
    card: "4000000000000002",
    ...change,
  };
  return row([cells.time, cells.cafe, cells.customer, cells.basket, cells.total, cells.payment, cells.card]);
}

/** A bad row between two good ones, as the plain reader meets it. */
function refusedRow(what: string, reason: Reason, change: Parameters<typeof odd>[1]): void {
  given(what, (cafe) => good(cafe, 9) + odd(cafe, change) + good(cafe, 10), {
    status: "loaded",
    loaded: [1, 3],
    refused: [[2, reason]],
  });
}

function acceptedRow(what: string, change: Parameters<typeof odd>[1]): void {
  given(what, (cafe) => good(cafe, 9) + odd(cafe, change), { status: "loaded", loaded: [1, 2] });
}

refusedRow("no time", "row_time_unreadable", { time: "" });
refusedRow("a time in words", "row_time_unreadable", { time: "nine o'clock" });
refusedRow("a day that does not exist", "row_time_unreadable", { time: "31/02/2026 09:00" });
refusedRow("an American date past the twelfth", "row_time_unreadable", { time: "02/25/2026 09:00" });
refusedRow("a year of two digits where four are expected", "row_time_unreadable", { time: "02/03/26 09:00" });
refusedRow("a time far in the future", "row_time_impossible", { time: "02/03/2027 09:00" });
refusedRow("a time before 2000", "row_time_impossible", { time: "31/12/1999 23:59" });
refusedRow("no café", "row_cafe_missing", { cafe: " " });
refusedRow("a café of more letters than a name has", "row_cafe_missing", { cafe: "x".repeat(201) });
refusedRow("a card number where the café belongs", "row_cafe_missing", { cafe: "4000 0000 0000 0002" });
refusedRow("no total", "row_total_unreadable", { total: "" });
refusedRow("NaN as total", "row_total_unreadable", { total: "NaN" });
refusedRow("infinity as total", "row_total_unreadable", { total: "inf" });
refusedRow("1e400 as total", "row_total_unreadable", { total: "1e400" });
refusedRow("1e2 as total", "row_total_unreadable", { total: "1e2" });
refusedRow("a total with an underscore", "row_total_unreadable", { total: "1_000" });
refusedRow("a total with two points", "row_total_unreadable", { total: "1.2.3" });
refusedRow("a total of many digits", "row_total_unreadable", { total: "9".repeat(400) });
refusedRow("a comma for a decimal point", "row_total_unreadable", { total: "1,50" });
refusedRow("a £ in the middle of a total", "row_total_unreadable", { total: "5£20" });
refusedRow("a £ behind a total", "row_total_unreadable", { total: "5.20£" });
refusedRow("a total of a thousandth of a millionth too much", "row_total_not_pence", { total: "2.150000001" });
refusedRow("a tenth of a penny", "row_total_not_pence", { total: "12.345" });
refusedRow("a negative total", "row_total_negative", { total: "-2.15" });
refusedRow("a total no receipt has", "row_total_too_large", { total: "1000000.00" });
refusedRow("an unknown payment", "row_payment_unknown", { payment: "SHELLS" });
refusedRow("no payment", "row_payment_unknown", { payment: "" });
refusedRow("a basket of more items than a line number can count", "row_too_many_items", { basket: ",".repeat(40_000) });
refusedRow("one item more than a thousand", "row_too_many_items", { basket: "Tea - 0.01,".repeat(1000) });
acceptedRow("a thousand items", { basket: "Tea - 0.01,".repeat(1000).slice(0, -1), total: "10.00" });
acceptedRow("a £ before the total", { total: "£2.15" });
acceptedRow("a sign before the £", { total: "+£2.15" });
acceptedRow("a £ before pence alone", { total: "£.50" });
acceptedRow("a thousands separator", { total: "1,002.15" });
acceptedRow("a total of whole pounds", { total: "2" });
acceptedRow("a total with the noise of floating point", { total: "2.1500000000000004" });
acceptedRow("a total with trailing zeros", { total: "2.1500" });
acceptedRow("a total of nothing", { total: "0.00", basket: "Babyccino - 0.00" });
acceptedRow("a payment in small letters", { payment: " card " });
acceptedRow("the hour that does not exist", { time: "30/03/2025 01:30" });
acceptedRow("the hour that happens twice", { time: "26/10/2025 01:30" });
acceptedRow("a leap day", { time: "29/02/2024 09:00" });
acceptedRow("a formula as name", { customer: "=1+1" });
acceptedRow("a name from right to left, with an emoji", { customer: "שרה ☕ \u202E" });
acceptedRow("a name with a NUL", { customer: "Jo\0Example" });
acceptedRow("a name of one thousand letters", { customer: "x".repeat(1000) });
acceptedRow("a basket that cannot be read", { basket: "three of the usual" });
acceptedRow("no basket", { basket: "" });
acceptedRow("no customer and no card", { customer: "", card: "" });

given("a bad first row", (cafe) => odd(cafe, { total: "?" }) + good(cafe), {
  status: "loaded",
  loaded: [2],
  refused: [[1, "row_total_unreadable"]],
});
given(
  "a header, and a bad row below it",
  (cafe) => shapes.listWithHeader([]) + odd(cafe, { total: "?" }) + good(cafe),
  { status: "loaded", loaded: [3], refused: [[2, "row_total_unreadable"]] },
);
given("a byte order mark", (cafe) => `\uFEFF${good(cafe)}${good(cafe, 10)}`, { status: "loaded", loaded: [1, 2] });
given(
  "a byte order mark before a header",
  (cafe) => `\uFEFF${shapes.listWithHeader([latte(cafe, "2026-03-02 09:00")])}`,
  { status: "loaded", loaded: [2] },
);
given("Windows line ends", (cafe) => (good(cafe) + good(cafe, 10)).replaceAll("\n", "\r\n"), {
  status: "loaded",
  loaded: [1, 2],
});
given("both kinds of line ends", (cafe) => good(cafe).replace("\n", "\r\n") + good(cafe, 10), {
  status: "loaded",
  loaded: [1, 2],
});
given("line ends of carriage returns alone", (cafe) => (good(cafe) + good(cafe, 10)).replaceAll("\n", "\r"), {
  status: "loaded",
  loaded: [1, 2],
});
given(
  "carriage returns alone, and a row cut off in the middle",
  (cafe) => (good(cafe) + good(cafe, 10).slice(0, 30)).replaceAll("\n", "\r"),
  { status: "loaded", loaded: [1], refused: [[2, "row_cut_short"]] },
);
given(
  "carriage returns alone below a bad first row",
  (cafe) => (odd(cafe, { total: "?" }) + good(cafe)).replaceAll("\n", "\r"),
  { status: "loaded", loaded: [2], refused: [[1, "row_total_unreadable"]] },
);
given(
  "more rows between carriage returns alone than a line may be long",
  (cafe) => good(cafe).replaceAll("\n", "\r").repeat(1200),
  { status: "loaded", loaded: Array.from({ length: 1200 }, (_, index) => index + 1) },
);
given("a row cut off in the middle", (cafe) => good(cafe) + good(cafe, 10).slice(0, 30), {
  status: "loaded",
  loaded: [1],
  refused: [[2, "row_cut_short"]],
});
given("a last row cut inside its card number", (cafe) => good(cafe) + good(cafe, 10).slice(0, -9), {
  status: "loaded",
  loaded: [1],
  refused: [[2, "row_cut_short"]],
});
given("a last row without its line end", (cafe) => good(cafe) + good(cafe, 10).slice(0, -1), {
  status: "loaded",
  loaded: [1],
  refused: [[2, "row_cut_short"]],
});
given(
  "a stray quote inside a cell, a letter like any other",
  (cafe) => good(cafe) + good(cafe, 10).replace("Pat Sample", 'Pat "S') + good(cafe, 11),
  { status: "loaded", loaded: [1, 2, 3] },
);
given(
  "a stray quote inside a cell, with Windows line ends",
  (cafe) => (good(cafe) + good(cafe, 10).replace("Pat Sample", 'Pat "S')).replaceAll("\n", "\r\n"),
  { status: "loaded", loaded: [1, 2] },
);
given("a quote left open", (cafe) => good(cafe) + good(cafe, 10).replace("Pat", '"Pat') + good(cafe, 11), {
  status: "loaded",
  loaded: [1, 3],
  refused: [[2, "row_wrong_columns"]],
});
given(
  "two quotes left open, rows apart",
  (cafe) => {
    const open = good(cafe, 10).replace("Pat", '"Pat');
    return good(cafe) + open + good(cafe, 11) + open + good(cafe, 12);
  },
  {
    status: "loaded",
    loaded: [1, 3, 5],
    refused: [
      [2, "row_wrong_columns"],
      [4, "row_wrong_columns"],
    ],
  },
);
given(
  "a line end inside a quoted cell",
  (cafe) => good(cafe) + odd(cafe, { customer: "Jo\nExample" }) + odd(cafe, { total: "?" }) + good(cafe, 10),
  {
    status: "loaded",
    loaded: [1, 2, 4],
    refused: [[3, "row_total_unreadable"]],
  },
);
given(
  "commas and doubled quotes inside quoted cells",
  (cafe) => odd(cafe, { customer: 'Example, "Jo"' }) + good(cafe),
  {
    status: "loaded",
    loaded: [1, 2],
  },
);
given("a row with a column too few", (cafe) => good(cafe) + good(cafe, 10).replace(",CARD", "") + good(cafe, 11), {
  status: "loaded",
  loaded: [1, 3],
  refused: [[2, "row_wrong_columns"]],
});
given("a row with a column too many", (cafe) => good(cafe) + good(cafe, 10).replace("\n", ",more\n") + good(cafe, 11), {
  status: "loaded",
  loaded: [1, 3],
  refused: [[2, "row_wrong_columns"]],
});
given(
  "blank lines, which a spreadsheet counts",
  (cafe) => `${good(cafe)}\n${odd(cafe, { total: "?" })}\n\n${good(cafe, 10)}\n`,
  {
    status: "loaded",
    loaded: [1, 6],
    refused: [[3, "row_total_unreadable"]],
  },
);
given("the header again in the middle", (cafe) => shapes.listWithHeader([latte(cafe, "2026-03-02 09:00")]).repeat(2), {
  status: "loaded",
  loaded: [2, 4],
  refused: [[3, "row_time_unreadable"]],
});
given("nothing in it", () => "", { status: "loaded" });
given("a header alone", () => shapes.listWithHeader([]), { status: "loaded" });
given("a header alone without a line end", () => shapes.listWithHeader([]).trimEnd(), { status: "loaded" });
given("blank lines alone", () => "\n\n\n", { status: "loaded" });
given("blank Windows lines alone", () => "\r\n\r\n", { status: "loaded" });
given("a byte order mark alone", () => "\uFEFF", { status: "loaded" });
given("Latin-1", (cafe) => Buffer.from(odd(cafe, { total: "£2.15" }), "latin1"), {
  status: "quarantined",
  reason: "file_not_text",
});
given("UTF-16 with its mark", (cafe) => Buffer.from(`\uFEFF${good(cafe)}`, "utf16le"), {
  status: "quarantined",
  reason: "file_not_text",
});
given("UTF-16 without its mark", (cafe) => Buffer.from(good(cafe), "utf16le"), {
  status: "quarantined",
  reason: "file_not_text",
});
given("UTF-16 the other way round", (cafe) => Buffer.from(good(cafe), "utf16le").swap16(), {
  status: "quarantined",
  reason: "file_not_text",
});
given("bytes that are no text", () => Buffer.from([8, 0, 0xff, 0xfe, 10]), {
  status: "quarantined",
  reason: "file_not_text",
});
const compressed: Outcome = { status: "quarantined", reason: "file_compressed" };
given("a gzip bomb that calls itself a CSV", () => gzipSync(Buffer.alloc(64 * 1024 * 1024)), compressed);
given("good rows, compressed with gzip", (cafe) => gzipSync(good(cafe)), compressed);
given("good rows, compressed with zstd", (cafe) => zstdCompressSync(good(cafe)), compressed);
given("a spreadsheet, which is a zip archive", () => Buffer.from("PK\x03\x04 and so on\n"), compressed);
given("columns nobody knows", () => "a,b,c\n1,2,3\n", { status: "quarantined", reason: "file_unknown_layout" });
/** A till that writes one row for each item, in a file of its own format: receipt; time; café; product; quantity; price; payment. */
export const itemTill = parseFormat(
  `
name: item-till
title: "One row is one item"
delimiter: ";"
header: none
columns: [receipt, time, cafe, product, quantity, price, payment]
time: { formats: ["%d/%m/%Y %H:%M"] }
basket: rows
`,
  "the test's own format",
);
const item = (cafe: string, receipt: string, quantity = "1", price = "2.15", payment = "CARD") =>
  `${[receipt, "02/03/2026 09:00", cafe, "Latte", quantity, price, payment].join(";")}\n`;

/** A receipt of two item rows of which the second is bad, between two good ones. */
function refusedItem(what: string, reason: Reason, place: number, bad: (cafe: string) => string): void {
  given(what, (cafe) => item(cafe, "1") + item(cafe, "2") + bad(cafe) + item(cafe, "3"), {
    status: "loaded",
    loaded: reason === "row_receipt_missing" ? [1, 2, 4] : [1, 4],
    refused: [[place, reason]],
  });
}
refusedItem("an item without a quantity that is a number", "row_quantity_unreadable", 3, (cafe) =>
  item(cafe, "2", "two"),
);
refusedItem("a quantity of a thousand", "row_quantity_unreadable", 3, (cafe) => item(cafe, "2", "1000"));
refusedItem("an item with a year of two digits", "row_time_unreadable", 3, (cafe) =>
  item(cafe, "2").replace("2026", "26"),
);
refusedItem("an item without a price that is money", "row_price_unreadable", 3, (cafe) => item(cafe, "2", "1", "free"));
refusedItem("an item with a price of a thousandth of a penny too much", "row_price_unreadable", 3, (cafe) =>
  item(cafe, "2", "1", "1.00001"),
);
refusedItem("an item that says another payment", "row_receipt_disagrees", 2, (cafe) =>
  item(cafe, "2", "1", "2.15", "CASH"),
);
refusedItem("an item of no receipt", "row_receipt_missing", 3, (cafe) => item(cafe, ""));
given(
  "a receipt of many rows that each sell hundreds",
  (cafe) => item(cafe, "1") + item(cafe, "2", "999").repeat(40) + item(cafe, "3", "999"),
  { status: "loaded", loaded: [1, 42], refused: [[2, "row_too_many_items"]] },
);

given("a web page", () => "<!doctype html>\n<p>Not found</p>\n", {
  status: "quarantined",
  reason: "file_unknown_layout",
});
given(
  "a line of half a megabyte between carriage returns",
  (cafe) => (good(cafe) + odd(cafe, { customer: "x".repeat(500_000) })).replaceAll("\n", "\r"),
  { status: "quarantined", reason: "file_line_too_long" },
);
given("a line of half a megabyte", (cafe) => good(cafe) + odd(cafe, { customer: "x".repeat(500_000) }), {
  status: "quarantined",
  reason: "file_line_too_long",
});
given("more bytes than a day has", (cafe) => good(cafe).repeat(20_000), {
  status: "quarantined",
  reason: "file_too_large",
});

export const unreadable = "more text than can be taken at once";
given(unreadable, (cafe) => `${good(cafe)}\n`, { status: "quarantined", reason: "file_unreadable" });

/** Where a case's file lies. */
export const keyOf = (what: string) => `2026/03/02/${what.replaceAll(/[^a-z0-9£-]+/gi, " ").trim()}.csv`;
