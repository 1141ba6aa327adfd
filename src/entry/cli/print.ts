/** Standard output: the answer, and nothing else. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Standard error: what a person should know beside the answer. */
export function note(text: string): void {
  process.stderr.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** The answer as JSON: exactly one value. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}
