/** A list as a sentence has it: Leeds, York and Hull. */
export function listOf(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The first few of a list and how many more there are: Leeds, York, Hull and 4 more. */
export function firstOf(names: readonly string[], shown: number): string {
  if (names.length <= shown) return listOf(names);
  return `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`;
}

const SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** A small whole number in words, as a sentence wants it: six; 13 and above in figures. */
export function inWords(value: number): string {
  return SMALL[value] ?? String(value);
}

/** One café, 2 cafés. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return value === 1 ? one : many;
}

/** The first letter in capitals, for the start of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
