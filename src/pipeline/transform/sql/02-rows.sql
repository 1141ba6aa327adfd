-- What the rows of a batch become, first of all. Input: batch_files.

-- A batch has few cafés and many receipts, so a café is a number from the scan on: those that a file begins with, and hardly a
-- file has another. Casting to this type is how a name becomes its number.
create type known_cafe as enum (
  select distinct trim(first_cafe) as name from batch_files where trim(first_cafe) <> '' order by name
);

-- How a receipt was paid, as every till's words come to mean. A type of its own takes a byte instead of a text, and is written to
-- Parquet as the text it is without being looked up row by row. Compared with a word, it is written out first: so words are cast.
create type payment as enum ('CARD', 'CASH');

-- Grain: a row of a file, typed, numbered over the batch. Its place in the file is scan_order less the file's first.
-- reason: why it was refused; null for a receipt. What its cells say is one structure: of every column of a table the engine
-- counts distinct values as rows come in, which costs as much as storing them, but not of a structure's fields.
create table scanned_rows (
  receipt_no integer,
  file_no integer,
  reason varchar,
  cells struct(
    scan_order bigint,
    occurred_at timestamp,
    -- The café, where some file begins with it; else its name.
    known_cafe known_cafe,
    other_cafe varchar,
    customer_text varchar,
    -- The card's number, where it is written as a number is; else whatever the till writes, or its token.
    card_no bigint,
    card_text varchar,
    -- The basket's lines as numbers (see 02-line-texts); null where it has none. A line not known before the scan is null.
    line_nos integer[],
    -- The basket, where a line of it was not known.
    unread_basket varchar,
    total_pence integer,
    payment_method payment,
    -- A row that may have been part of this receipt could not be read.
    incomplete boolean
  )
);

-- The same with texts for whoever asks for them: what is done with every row goes by the numbers. known_cafe_no: the café's number
-- in this batch; those that no file begins with are numbered after these (03-customers).
create view scanned as
select
  receipt_no,
  file_no,
  reason,
  cells.* exclude (card_text),
  cast(enum_code(cells.known_cafe) as integer) + 1 as known_cafe_no,
  coalesce(cells.other_cafe, cast(cells.known_cafe as varchar)) as cafe_name,
  cells.card_text as other_card,
  coalesce(cells.card_text, cast(cells.card_no as varchar)) as card_text
from scanned_rows;

-- Grain: a row of a till that writes one row for each item, typed; empty for all other tills. What the row does not say is
-- null, and taken from the receipt's other rows. line_texts: the row's lines in the grammar of rows (see 04-lines), as many as
-- line_count; null where it has none. line_pence: what they add up to; null where that is not known, with why as item_reason.
create table item_rows (
  file_no integer,
  scan_order bigint,
  has_receipt_column boolean,
  receipt_text varchar,
  time_text varchar,
  occurred_at timestamp,
  cafe_name varchar,
  customer_text varchar,
  card_text varchar,
  payment_method varchar,
  total_pence integer,
  line_count integer,
  line_texts varchar,
  line_pence bigint,
  reason varchar,
  item_reason varchar,
  -- What a receipt is when none of its rows says how it was paid; null where nobody knows.
  default_payment varchar,
  refunds boolean
);

-- Grain: a row that the careful reader could not even split into columns.
create table unsplit_rows (
  file_no integer,
  row_number integer,
  reason varchar
);

-- Grain: a row that is no receipt and no item, as its format says, or stands above the header.
create table skipped_rows (
  file_no integer,
  scan_order bigint
);
