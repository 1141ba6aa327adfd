import { earlierOf } from "#core/day.ts";
import type { SqlValue } from "#core/ports/warehouse.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { newIsKnownFrom } from "../suppression/permitted.ts";
import type { WhatChangedAnswer } from "./schema.ts";
import type { Side } from "./split.ts";
import type { CafeSides, Versus } from "./versus.ts";

type By = WhatChangedAnswer["by"];

/** What a line is about. */
interface Label {
  name: string;
  cafeId: number | null;
  region: string | null;
  fromHour: number | null;
  toHour: number | null;
  flavour: string | null;
}

/** A café's part of a line, both sides of what is compared. */
export interface Cell {
  cafeId: number;
  label: Label;
  before: Side;
  now: Side;
}

interface PartRow {
  cafeId: number;
  nowReceipts?: number;
  beforeReceipts?: number;
  nowItems: number;
  beforeItems: number;
  nowPence: number;
  beforePence: number;
}

interface DaypartRow extends PartRow {
  fromHour: number;
  toHour: number;
}

interface ProductRow extends PartRow {
  product: string;
  flavour: string | null;
}

interface KindRow extends PartRow {
  kind: string;
}

const daypartsStatement = statementOf(new URL("./dayparts.sql", import.meta.url));
const productsStatement = statementOf(new URL("./products.sql", import.meta.url));
const kindsStatement = statementOf(new URL("./customer-kinds.sql", import.meta.url));
const nothing: Label = { name: "", cafeId: null, region: null, fromHour: null, toHour: null, flavour: null };

/**
 * The parts of the compared cafés, café by café: what is bought shifting from one café to another is never taken for a change of
 * price. A product is sold on its café's receipts, whichever products they hold.
 */
export async function readCells(question: Question, versus: Versus, by: By, compared: CafeSides[]): Promise<Cell[]> {
  if (by === "cafe") return compared.map((cafe) => cellOf(cafe, cafe, { ...nothing, ...refOf(cafe) }));
  if (by === "region") {
    return compared.map((cafe) => cellOf(cafe, cafe, { ...nothing, name: cafe.region, region: cafe.region }));
  }
  const cafes = new Map(compared.map((cafe) => [cafe.cafeId, cafe]));
  const read = async <Row extends PartRow>(
    statement: string,
    labelOf: (row: Row) => Partial<Label>,
    params: Record<string, SqlValue> = {},
  ) => {
    const rows = await question.query<Row>(statement, {
      comparison: versus.before,
      params: { day_by_day: versus.byDay ? 1 : 0, ...params },
    });
    return rows.flatMap((row) => {
      const cafe = cafes.get(row.cafeId);
      return cafe ? [cellOf(cafe, row, { ...nothing, ...labelOf(row) })] : [];
    });
  };
  if (by === "daypart") {
    return await read<DaypartRow>(daypartsStatement, ({ fromHour, toHour }) => ({
      name: `${clock(fromHour)} to ${clock(toHour)}`,
      fromHour,
      toHour,
    }));
  }
  if (by === "product") {
    return await read<ProductRow>(productsStatement, ({ product, flavour }) => ({ name: product, flavour }));
  }
  const newIsKnown = isNewKnown(question, versus) ? 1 : 0;
  return await read<KindRow>(kindsStatement, ({ kind }) => ({ name: kind }), { new_is_known: newIsKnown });
}

/**
 * Whether a first day is that of somebody new, on both sides. When the data begins, regulars have their first day too: compared with
 * that, new customers would seem to vanish, and returning ones to come from nowhere.
 */
function isNewKnown(question: Question, { before }: Versus): boolean {
  return earlierOf(question.period.from, before.from) >= newIsKnownFrom(question);
}

function cellOf(cafe: CafeSides, part: PartRow, label: Label): Cell {
  return {
    cafeId: cafe.cafeId,
    label,
    before: {
      days: cafe.beforeDays,
      receipts: part.beforeReceipts ?? cafe.beforeReceipts,
      items: part.beforeItems,
      pence: part.beforePence,
    },
    now: {
      days: cafe.nowDays,
      receipts: part.nowReceipts ?? cafe.nowReceipts,
      items: part.nowItems,
      pence: part.nowPence,
    },
  };
}

function refOf({ cafeId, name, region }: CafeSides) {
  return { cafeId, name, region };
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
