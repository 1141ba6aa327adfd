const whole = new Intl.NumberFormat("en-GB");
const day = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** 318 → 318; 4183204 → 4,183,204. */
export function count(number: number): string {
  return whole.format(number);
}

/** "1 file", "2 files". */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** `2023-05-09` → Tue 9 May 2023. */
export function dayName(date: string): string {
  return day.format(new Date(`${date}T00:00:00Z`)).replace(",", "");
}
