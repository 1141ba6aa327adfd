/** strptime's fields as patterns, as tills write them: leading zeros may be missing. */
const fields: Readonly<Record<string, string>> = {
  "%d": "(?:0?[1-9]|[12]\\d|3[01])",
  "%m": "(?:0?[1-9]|1[0-2])",
  "%Y": "(?:19|20)\\d{2}",
  "%y": "\\d{2}",
  "%j": "\\d{1,3}",
  "%a": "[A-Za-z]{3}",
  "%A": "[A-Za-z]{6,9}",
  "%b": "[A-Za-z]{3}",
  "%B": "[A-Za-z]{3,9}",
  "%H": "(?:[01]?\\d|2[0-3])",
  "%I": "(?:0?[1-9]|1[0-2])",
  "%M": "[0-5]?\\d",
  "%S": "[0-5]?\\d",
  "%f": "\\d{1,6}",
  "%g": "\\d{1,3}",
  "%p": "[AaPp][Mm]",
  "%%": "%",
};

/** A strptime format as the source of a pattern: what a time in it looks like, not yet whether there was such a day. */
export function timePattern(format: string): string {
  return format.replace(/%-?[A-Za-z%]|[\\^$.*+?()[\]{}|]/g, (part) => fields[part.replace("-", "")] ?? `\\${part}`);
}
