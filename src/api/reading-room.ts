import { createHash } from "node:crypto";
import type { Warehouse } from "#core/ports/warehouse.ts";
import type { Scope } from "#core/scope.ts";
import { ask } from "#metrics/ask.ts";
import { type Directory, readDirectory, readVersion } from "#metrics/directory.ts";
import type { Asked, Question } from "#metrics/question.ts";
import { RecentlyUsed } from "./recently-used.ts";

/** What answers may be remembered, in characters: some hundred pages of a chain of a hundred cafés. */
const mostCharacters = 32_000_000;

/**
 * What was read from the warehouse and may be read again. All of it is kept by the version of the data, and what answers
 * anybody is kept by their scope as well: a new version or another scope never meets an old answer.
 */
export class ReadingRoom {
  readonly #warehouse: Pick<Warehouse, "query">;
  readonly #answers = new RecentlyUsed<Promise<string>>(mostCharacters);
  readonly #questions = new RecentlyUsed<Question>(100);
  #directory: Promise<Directory> | undefined;
  #directoryVersion: string | undefined;
  #looking: Promise<Directory> | undefined;
  #readers = 0;
  #lastReadAt = Number.NEGATIVE_INFINITY;

  constructor(warehouse: Pick<Warehouse, "query">) {
    this.#warehouse = warehouse;
  }

  /** The directory as of now. Questions that come at once, as a page's do, share one look at the version. */
  async directory(): Promise<Directory> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return await this.#looking;
  }

  /** Only the version is read when nothing has changed. */
  async #look(): Promise<Directory> {
    const { version } = await readVersion(this.#warehouse);
    if (this.#directory === undefined || this.#directoryVersion !== version) {
      this.#directoryVersion = version;
      this.#directory = readDirectory(this.#warehouse);
      this.#directory.catch(() => {
        this.#directory = undefined;
      });
    }
    return await this.#directory;
  }

  /** The question, with what was already worked out for it: the metrics of a page share their trust and comparisons. */
  ask(directory: Directory, scope: Scope, asked: Asked): Question {
    const key = keyOf([directory.version, scope.asParameter(), JSON.stringify({ ...asked, compare: undefined })]);
    const known = this.#questions.get(key);
    if (known) return known.comparing(asked.compare);
    const question = ask(this.#warehouse, directory, scope, asked);
    this.#questions.set(key, question);
    return question;
  }

  /**
   * Names an answer before it is there: the ETag. However a question was put, the same cafés, days and comparison, and the same
   * further parameters, have the same answer, for callers who may see the same: what is suppressed depends on that.
   */
  tagOf(directory: Directory, question: Question, metric: string, own: object): string {
    const { caller, scope, period, compare } = question;
    const further = JSON.stringify(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1)));
    const cafes = [caller.asParameter(), scope.asParameter()];
    return `"${keyOf([directory.version, ...cafes, period.from, period.to, compare, metric, further])}"`;
  }

  /** For how long no reader has waited for an answer, in milliseconds; 0 while one does. */
  get restedFor(): number {
    return this.#readers > 0 ? 0 : performance.now() - this.#lastReadAt;
  }

  /** The answer of that tag is kept, or is being worked out. */
  has(tag: string): boolean {
    return this.#answers.get(tag) !== undefined;
  }

  /** The answer of that tag as JSON text, for a reader: from memory, or by working it out. */
  async answer(tag: string, workOut: () => Promise<unknown>): Promise<string> {
    this.#readers += 1;
    try {
      return await this.answerAhead(tag, workOut);
    } finally {
      this.#readers -= 1;
      this.#lastReadAt = performance.now();
    }
  }

  /** The same when no reader waits for it. */
  async answerAhead(tag: string, workOut: () => Promise<unknown>): Promise<string> {
    const known = this.#answers.get(tag);
    if (known) return await known;
    const fresh = workOut().then((answer) => JSON.stringify(answer));
    this.#answers.set(tag, fresh);
    try {
      const answer = await fresh;
      this.#answers.set(tag, fresh, answer.length);
      return answer;
    } catch (error) {
      // A failure may pass, and a question remembers its own.
      this.#answers.delete(tag);
      this.#questions.clear();
      throw error;
    }
  }
}

function keyOf(parts: string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("base64url").slice(0, 27);
}
