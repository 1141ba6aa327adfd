/** A number as a database writes it in full: a number where that holds it exactly, else the text. */
export function asNumberWhenExact(value: string): number | string {
  if (value.includes(".")) return value.replace(/[-.]|^0+/g, "").length <= 15 ? Number(value) : value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
