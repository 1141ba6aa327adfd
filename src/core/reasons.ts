/**
 * Why a row or a whole file was refused. One sentence each, written for the manager who has to get it mended.
 * The code is what the quarantine table, the command line and the dashboard share.
 */
export const reasons = {
  // A whole file
  file_unknown_layout: "No known till format matches this file's columns.",
  file_not_text: "This file is not UTF-8 text.",
  file_compressed: "This file is compressed (gzip, zip or the like), where a till's plain CSV belongs.",
  file_line_too_long: "A line in this file is longer than any receipt can be.",
  file_too_large: "This file is larger than a day of receipts can be.",
  file_unreadable: "This file could not be read as a table of receipts.",
  // One row
  row_wrong_columns: "The row has too few or too many columns.",
  row_cut_short: "The file ends in the middle of this row.",
  row_time_unreadable: "The time of sale is missing or not in the till's format.",
  row_time_impossible: "The time of sale is in the future or before the year 2000.",
  row_cafe_missing: "The row does not say which café it belongs to, or what it says is no café's name.",
  row_total_unreadable: "The total is missing or not an amount of money.",
  row_total_not_pence: "The total is not a whole number of pence.",
  row_total_negative: "The total is negative, and this till's format has no refunds.",
  row_total_too_large: "The total is larger than any café receipt.",
  row_too_many_items: "The receipt has more items than any café sells at once.",
  row_payment_unknown: "The payment method is missing, or not one this till's format knows.",
  // One row, where a row is an item
  row_receipt_missing: "The row does not say which receipt it belongs to.",
  row_receipt_disagrees: "The rows of this receipt contradict each other on payment, card or total.",
  row_price_unreadable: "The price is missing or no amount in whole pence, and the receipt has no total without it.",
  row_quantity_unreadable:
    "The quantity is not a whole number of at most 999, and the receipt has no total without it.",
} as const;

/** A quarantine reason code. */
export type Reason = keyof typeof reasons;

/** What is worth a look in a receipt that was loaded all the same. */
export const remarks = {
  receipt_not_reconciled:
    "The items do not add up to the total, or a row that may belong to them could not be read; the total counts.",
  item_unrecognised: "An item could not be read; it is kept as text.",
} as const;

/** A remark's code. */
export type Remark = keyof typeof remarks;
