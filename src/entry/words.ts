// Made when they are first needed: making one takes longer than much of what a command does.
let whole: Intl.NumberFormat | undefined;
let day: Intl.DateTimeFormat | undefined;

/** 318 → 318; 4183204 → 4,183,204. */
export function count(number: number): string {
  whole ??= new Intl.NumberFormat("en-GB");
  return whole.format(number);
}

/** "1 file", "2 files". */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** `2023-05-09` → Tue 9 May 2023. */
export function dayName(date: string): string {
  day ??= new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return day.format(new Date(`${date}T00:00:00Z`)).replace(",", "");
}
