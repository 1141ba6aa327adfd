/** A map that forgets what was not used for longest once what it holds weighs too much. */
export class RecentlyUsed<Value> {
  readonly #budget: number;
  readonly #held = new Map<string, { value: Value; weight: number }>();
  #weight = 0;

  /** @param budget the most that all values may weigh together, in whatever unit they are set with */
  constructor(budget: number) {
    this.#budget = budget;
  }

  get(key: string): Value | undefined {
    const held = this.#held.get(key);
    if (held === undefined) return undefined;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held.value;
  }

  set(key: string, value: Value, weight = 1): void {
    this.delete(key);
    this.#held.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#held.keys()) {
      if (this.#weight <= this.#budget) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#weight -= this.#held.get(key)?.weight ?? 0;
    this.#held.delete(key);
  }

  clear(): void {
    this.#held.clear();
    this.#weight = 0;
  }
}
