/** Names as the embedded warehouse gives them: of two that are alike, the second is `name:1`. */
export function distinctNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}:${times}`;
  });
}
