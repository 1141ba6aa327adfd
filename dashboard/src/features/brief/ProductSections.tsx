import { memo } from "preact/compat";
import type { ProductsAnswer } from "../../../../src/api/contract/index.ts";
import { AmountBar } from "../../charts/Bars.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { useView } from "../../filters/view.ts";
import { count, money, moneyChange, share } from "../../format/number.ts";
import { capital, inWords } from "../../format/words.ts";
import { useNarrow } from "../../frame/useNarrow.ts";
import { Change } from "../../parts/Change.tsx";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { noneCompared } from "./compared.ts";

type Product = ProductsAnswer["top"][number];

interface ProductsProps {
  answer: ProductsAnswer | undefined;
  query: QueryState;
}

const CHANGED = 5;

/** A product as the till names it: Flavoured latte, Hazelnut. */
export function productName({ name, flavour }: { name: string; flavour: string | null }): string {
  return flavour ? `${name}, ${flavour}` : name;
}

/** What sells most; plain, without bars, where the column is narrow. */
export const TopProducts = memo(function TopProducts({
  answer,
  query,
  plain = false,
}: ProductsProps & { plain?: boolean }) {
  const view = useView();
  const top = answer?.top ?? [];
  const shareOfTop = top.reduce((sum, product) => sum + (product.share ?? 0), 0);
  const [first] = top;
  return (
    <Section
      className="wide"
      title={
        first
          ? `${productName(first)} leads; ${inWords(top.length)} products are ${share(shareOfTop)} of sales`
          : "Top products"
      }
      name="Top products"
      subtitle={`Most sales, all sizes together, against ${view.chosen.days}`}
      height={240}
      fold
      query={query}
      empty={answer && top.length === 0 && "Nothing was sold on these days."}
      table={answer && tableOf(top)}
      trust={answer?.trust}
    >
      <ProductTable products={top} withBar={!plain} />
    </Section>
  );
});

/** What sells less than it did. */
export function FallingProducts(props: ProductsProps & { wide?: boolean }) {
  return <ChangedProducts {...props} kind="falling" />;
}

/** What sells more than it did. */
export function RisingProducts(props: ProductsProps) {
  return <ChangedProducts {...props} kind="rising" />;
}

const kinds = {
  falling: {
    name: "Falling products",
    verb: "fell",
    subtitle: "Largest falls",
    none: "No product sold less than it did.",
  },
  rising: {
    name: "Rising products",
    verb: "rose",
    subtitle: "Largest rises",
    none: "No product sold more than it did.",
  },
};

const ChangedProducts = memo(function ChangedProducts({
  answer,
  query,
  kind,
  wide = false,
}: ProductsProps & { kind: keyof typeof kinds; wide?: boolean }) {
  const view = useView();
  const words = kinds[kind];
  const products = answer?.[kind].slice(0, CHANGED) ?? [];
  const [first] = products;
  return (
    <Section
      className={wide ? "wide" : "narrow"}
      title={
        first
          ? `${productName(first)} ${words.verb} most, by ${money(Math.abs(first.change?.difference ?? 0), view.precision)}`
          : words.name
      }
      name={words.name}
      subtitle={`${words.subtitle} in sales against ${view.chosen.days}, like for like`}
      height={240}
      fold
      query={query}
      empty={answer && products.length === 0 && (answer.comparison ? words.none : noneCompared(view.chosen.days))}
      table={answer && tableOf(products)}
      trust={answer?.trust}
    >
      <ProductTable products={products} />
    </Section>
  );
});

function ProductTable({ products, withBar = false }: { products: readonly Product[]; withBar?: boolean }) {
  const { precision, chosen } = useView();
  const narrow = useNarrow();
  const longest = Math.max(...products.map(({ totalPence }) => totalPence), 1);
  return (
    <table className="table products">
      <caption className="unseen">Products</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          {withBar && !narrow && <td />}
          <th scope="col" className="number">
            Items
          </th>
          <th scope="col" className="number">
            Sales
          </th>
          <th scope="col" className="number" colSpan={narrow ? 1 : 2}>
            {capital(chosen.short)}
          </th>
        </tr>
      </thead>
      <tbody>
        {products.map((product) => (
          <tr key={productName(product)}>
            <th scope="row">{productName(product)}</th>
            {withBar && !narrow && (
              <td className="bar-cell">
                <AmountBar value={product.totalPence} longest={longest} />
              </td>
            )}
            <td className="number">{count(product.items)}</td>
            <td className="number">{money(product.totalPence, precision)}</td>
            <td className="number">
              {product.items === 0 ? (
                <span className="quiet">none sold</span>
              ) : (
                <Change ratio={product.change?.ratio} />
              )}
            </td>
            {!narrow && (
              <td className="number quiet">
                {product.change ? moneyChange(product.change.difference, precision) : ""}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function tableOf(products: readonly Product[]): TableOf {
  return {
    columns: [
      { name: "Product", unit: "text" },
      { name: "Items", unit: "count" },
      { name: "Sales", unit: "money" },
      { name: "Share of sales", unit: "share" },
      { name: "Like for like", unit: "money" },
      { name: "Like for like, relative", unit: "change" },
    ],
    rows: products.map((product) => [
      productName(product),
      product.items,
      product.totalPence,
      product.share,
      product.change?.difference ?? null,
      product.change?.ratio ?? null,
    ]),
  };
}
