/** What names a product; the order of two that are otherwise alike is that of these, in every database. */
interface Named {
  readonly name: string;
  readonly flavour: string | null;
  readonly size?: string;
}

/** By name, flavour and size, letter by letter. */
export function byProduct(one: Named, other: Named): number {
  return (
    byText(one.name, other.name) ||
    byText(one.flavour ?? "", other.flavour ?? "") ||
    byText(one.size ?? "", other.size ?? "")
  );
}

/** Letter by letter, as no collation of a database or a language has it. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
