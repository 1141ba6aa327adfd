import { InfinityError } from "#core/errors.ts";

/** A parameter is well formed and still cannot be answered. */
export class ParameterError extends InfinityError {
  readonly parameter: string;

  constructor(parameter: string, message: string, next: string) {
    super(message, next);
    this.parameter = parameter;
  }
}

/** The café, region or receipt is not there, or not in the caller's scope: the two must not be told apart. */
export class NotInScopeError extends InfinityError {
  /** For the audit trail, never for the answer: what was asked for. */
  readonly asked: string;

  constructor(asked: string) {
    super("There is nothing here by that name.", "Choose a café, region or receipt that the page lists.");
    this.asked = asked;
  }
}

/** Nothing has been loaded for these dates. */
export class NoDataError extends InfinityError {
  constructor(message: string) {
    super(message, "Load till files with `infinity run`, or choose dates that have data.");
  }
}
