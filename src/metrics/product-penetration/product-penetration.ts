import type { z } from "zod";
import type { Scope } from "#core/scope.ts";
import { areEnough, type Crowd, fewestOthers, othersToRead } from "../comparison/others.ts";
import type { Metric } from "../metric.ts";
import { byProduct, byText } from "../product-order.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { wholeWeeksOf } from "../whole-weeks.ts";
import { type ProductPenetrationAnswer, productPenetrationAnswer, type productPenetrationParams } from "./schema.ts";

const reachStatement = statementOf(new URL("./reach.sql", import.meta.url));
const regionsStatement = statementOf(new URL("./regions.sql", import.meta.url));

interface RegionRow extends Crowd {
  region: string;
  receipts: number;
}

interface ReachRow extends Omit<RegionRow, "strangers"> {
  name: string;
  flavour: string | null;
  category: string;
}

/** A product over all regions, and what it reaches in each. */
interface Reached {
  name: string;
  flavour: string | null;
  category: string;
  cafes: number;
  receipts: number;
  byRegion: Map<string, ReachRow>;
}

/** What some cafés sold: their regions, and their products by key. */
interface Sold extends Crowd {
  regions: RegionRow[];
  receipts: number;
  products: Map<string, Reached>;
}

/** How far does each product reach? */
export const productPenetration: Metric<z.output<typeof productPenetrationParams>, ProductPenetrationAnswer> = {
  name: "product-penetration",
  question: "How far does each product reach: in how many cafés, on how many receipts, region by region?",
  formula:
    "Cafés that sold it / cafés that sold anything; receipts that hold it / receipts with at least one line; in the weeks, Monday to " +
    "Sunday, that the period touches. Other cafés are all cafés of the chain but those asked about.",
  grain: "A product name and flavour, altogether and by region.",
  units: "Cafés; receipts; ratio.",
  suppression:
    "Other cafés only as ratios over at least three that sold anything; of those that the caller may not see, at least three or none. Below " +
    "head office a product of theirs is named where at least three sell it. No customers.",
  answer: productPenetrationAnswer,
  table: "products",
  async run(question, { limit }) {
    const [head, own, others] = await Promise.all([
      question.head(),
      readSold(question, question.scope),
      readOthers(question),
    ]);
    const othersShares = (key: string) => {
      const product = others?.products.get(key);
      return {
        othersCafesShare: others === null ? null : (product?.cafes ?? 0) / others.cafes,
        othersReceiptsShare: others === null ? null : (product?.receipts ?? 0) / others.receipts,
      };
    };
    const top = [...own.products]
      .sort(([, one], [, other]) => other.receipts - one.receipts || byProduct(one, other))
      .slice(0, limit);
    return {
      ...head,
      weeks: wholeWeeksOf(question),
      cafes: own.cafes,
      receipts: own.receipts,
      products: top.map(([key, { name, flavour, category, cafes, receipts }]) => ({
        name,
        flavour,
        category,
        ...sharesOf({ cafes, receipts }, own),
        ...othersShares(key),
      })),
      regions: top.flatMap(([, { name, flavour, byRegion }]) =>
        own.regions.map((region) => ({
          name,
          flavour,
          region: region.region,
          ...sharesOf(byRegion.get(region.region) ?? { cafes: 0, receipts: 0 }, region),
        })),
      ),
      notSold: [...(others?.products ?? [])]
        .filter(([key, { cafes }]) => !own.products.has(key) && (question.isHeadOffice || cafes >= fewestOthers))
        .sort(([, one], [, other]) => other.receipts - one.receipts || byProduct(one, other))
        .slice(0, limit)
        .map(([key, { name, flavour, category }]) => ({ name, flavour, category, ...othersShares(key) })),
    };
  },
};

/** The other cafés' reach, of which only shares may leave; null where there are too few of them to stay unnamed. */
async function readOthers(question: Question): Promise<Sold | null> {
  const scope = othersToRead(question);
  if (scope === null) return null;
  const sold = await readSold(question, scope);
  return areEnough(sold) ? sold : null;
}

async function readSold(question: Question, scope: Scope): Promise<Sold> {
  const bound = { scope, comparison: null };
  const [rows, regions] = await Promise.all([
    question.query<ReachRow>(reachStatement, bound),
    question.query<RegionRow>(regionsStatement, bound),
  ]);
  const products = new Map<string, Reached>();
  for (const row of rows) {
    const { name, flavour, category } = row;
    const key = JSON.stringify([name, flavour]);
    const known = products.get(key) ?? { name, flavour, category, cafes: 0, receipts: 0, byRegion: new Map() };
    known.cafes += row.cafes;
    known.receipts += row.receipts;
    known.byRegion.set(row.region, row);
    products.set(key, known);
  }
  return {
    regions: regions.sort((one, other) => byText(one.region, other.region)),
    cafes: regions.reduce((sum, { cafes }) => sum + cafes, 0),
    strangers: regions.reduce((sum, { strangers }) => sum + strangers, 0),
    receipts: regions.reduce((sum, { receipts }) => sum + receipts, 0),
    products,
  };
}

type Reach = Pick<RegionRow, "cafes" | "receipts">;

function sharesOf({ cafes, receipts }: Reach, all: Reach) {
  return { cafes, cafesShare: cafes / all.cafes, receipts, receiptsShare: receipts / all.receipts };
}
