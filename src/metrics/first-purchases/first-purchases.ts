import type { z } from "zod";
import { addDays, laterOf } from "#core/day.ts";
import { newcomersByWeek } from "../customers/newcomers.ts";
import { NoDataError } from "../errors.ts";
import type { Metric } from "../metric.ts";
import { periodOf } from "../period.ts";
import { statementOf } from "../statement.ts";
import { byCafe, inBreakdownWeeks, newIsKnownFrom, publishing } from "../suppression/permitted.ts";
import { type FirstPurchasesAnswer, firstPurchasesAnswer, type firstPurchasesParams } from "./schema.ts";

const productsStatement = statementOf(new URL("./products.sql", import.meta.url));

/** New customers of a group of cafés; of those who bought a product, where there is one. */
interface NewcomersRow {
  groupId: number;
  isCard: boolean;
  name: string | null;
  flavour: string | null;
  category: string | null;
  customers: number;
}

/** What do new customers buy first? */
export const firstPurchases: Metric<z.output<typeof firstPurchasesParams>, FirstPurchasesAnswer> = {
  name: "first-purchases",
  question: "What do new customers buy first?",
  formula:
    "Customers whose first receipt at the cafés asked about is in the 13 weeks to the period's last whole week, by what they " +
    "bought on that day. One customer may be in several products.",
  grain: "A product name and flavour.",
  units: "Customers; ratio.",
  suppression:
    "Below head office: one café or region; products that 10 or more bought, and 10 or more did not, in the 13 weeks and in every " +
    "café's own answer beside its region's.",
  answer: firstPurchasesAnswer,
  table: "products",
  async run(asked, { names, limit }) {
    const question = await inBreakdownWeeks(asked);
    const withNames = names === "yes";
    const { from, to } = question.period;
    const known = newIsKnownFrom(question);
    const since = laterOf(known, from);
    if (since > from && !question.isHeadOffice) {
      throw new NoDataError(
        "Newcomers of 13 whole weeks cannot be told yet: nobody can in the first 28 days of the data.",
      );
    }
    const [head, weeks, rows] = await Promise.all([
      question.head(),
      newcomersByWeek(question, null),
      since > to
        ? []
        : question.query<NewcomersRow>(productsStatement, {
            period: periodOf(since, to),
            comparison: null,
            params: { by_cafe: byCafe(question) },
          }),
    ]);
    const newcomers = (group: number, named: boolean, name: string | null, flavour: string | null) =>
      rows
        .filter((row) => row.groupId === group && (row.isCard || named) && row.name === name && row.flavour === flavour)
        .reduce((sum, row) => sum + row.customers, 0);
    const customers = newcomers(0, withNames, null, null);
    const products = new Map(
      rows.flatMap(({ groupId, isCard, name, flavour, category }) =>
        groupId === 0 && (isCard || withNames) && name !== null && category !== null
          ? [[JSON.stringify([name, flavour]), { name, flavour, category }] as const]
          : [],
      ),
    );
    // With no newcomers in the first or last week, these weeks and those beside them would contain one another.
    const endsWithNewcomers = [from, addDays(to, -6)].every((monday) =>
      weeks.some(({ weekStart, isCard }) => isCard && weekStart === monday),
    );
    const told = question.isHeadOffice || endsWithNewcomers ? [...products.values()] : [];
    const shown = told.flatMap((product) => {
      const { cells, hidden } = publishing(question, (group, named) => {
        const bought = newcomers(group, named, product.name, product.flavour);
        return new Map([
          ["bought", bought],
          ["did not", newcomers(group, named, null, null) - bought],
        ]);
      })(0, withNames);
      const bought = cells.get("bought") ?? 0;
      return hidden.has("bought") ? [] : [{ ...product, customers: bought, share: bought / customers }];
    });
    const word = ({ name, flavour }: { name: string; flavour: string | null }) => `${name} ${flavour ?? ""}`;
    return {
      ...head,
      suppressed: !question.isHeadOffice,
      newKnownFrom: known,
      customers,
      products: shown.sort((a, b) => b.customers - a.customers || (word(a) < word(b) ? -1 : 1)).slice(0, limit),
    };
  },
};
