/** strptime's fields, less time zones: tills write UK wall-clock times. */
const field = /%(?:-?[dmyHIMSj]|[aAbBYpfg%])/g;

/** What a time of sale cannot do without, and the fields that say it. */
const parts: readonly (readonly [name: string, fields: string, written: string])[] = [
  ["year", "Yy", "%Y or %y"],
  ["month", "mbBj", "%m, %b or %B"],
  ["day", "dj", "%d"],
  ["hour", "HI", "%H, or %I with %p"],
  ["minutes", "M", "%M"],
];

/**
 * What is wrong with a strptime format as one of a till's times, in words; nothing where it is right. DuckDB takes each of
 * these, and reads another time than the till meant: without a year 1900, with %M where %m belongs January.
 */
export function timeFormatFaults(format: string): string[] {
  const strange = /%-?.?/u.exec(format.replace(field, ""))?.[0];
  if (strange !== undefined) {
    return [`${strange} cannot be read; it should be a format such as %d/%m/%Y %H:%M, without a time zone`];
  }
  const fields = (format.match(field) ?? []).map((written) => written.slice(-1)).filter((letter) => letter !== "%");
  const twice = fields.find((letter, place) => fields.indexOf(letter) !== place);
  const lacking = parts.filter(([, letters]) => !fields.some((letter) => letters.includes(letter)));
  return [
    ...(twice === undefined ? [] : [`%${twice} stands there twice`]),
    ...(strayMinutes(fields) || twice === "M" ? ["%M is minutes and belongs after the hour; the month is %m"] : []),
    ...(fields.includes("I") && !fields.includes("p") ? ["%I needs %p, or else %H, to tell morning from evening"] : []),
    ...(fields.includes("H") && fields.includes("p")
      ? ["%H counts to 23 and takes no %p; with %p it should be %I"]
      : []),
    ...(lacking.length > 0 ? [lacks(lacking)] : []),
  ];
}

function lacks(lacking: typeof parts): string {
  const named = lacking.map(([name, , written]) => `${name} (${written})`);
  return `it has no ${named.join(", no ")} (a date and a clock in two columns are one time, with a space between)`;
}

/** True where minutes do not stand behind their hour: before it, or with a part of the date between. */
function strayMinutes(fields: readonly string[]): boolean {
  const minutes = fields.indexOf("M");
  const hour = fields.findIndex((letter) => letter === "H" || letter === "I");
  if (minutes === -1 || hour === -1) return false;
  return minutes < hour || fields.slice(hour + 1, minutes).some((letter) => "YymbBdj".includes(letter));
}
