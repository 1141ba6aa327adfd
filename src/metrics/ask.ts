import type { Warehouse } from "#core/ports/warehouse.ts";
import { Scope } from "#core/scope.ts";
import type { Directory } from "./directory.ts";
import { NoDataError, NotInScopeError, ParameterError } from "./errors.ts";
import { longestPeriod, periodOf } from "./period.ts";
import { type Asked, Question } from "./question.ts";

/**
 * Reads the common parameters against the directory: fills in the dates, keeps them within those that have data, and narrows
 * the scope by region and café.
 *
 * @throws NoDataError when the warehouse is empty, or holds nothing for these dates.
 * @throws NotInScopeError when the region or a café is not the caller's to see, or does not exist.
 * @throws ParameterError when the dates are the wrong way round, or too many.
 */
export function ask(warehouse: Pick<Warehouse, "query">, directory: Directory, scope: Scope, asked: Asked): Question {
  if (!directory.dates) throw new NoDataError("Nothing has been loaded yet.");
  const { first, last } = directory.dates;
  const to = asked.to !== undefined && asked.to <= last ? asked.to : last;
  const from = asked.from ?? to;
  if (from > (asked.to ?? from)) {
    throw new ParameterError("from", "`from` is later than `to`.", "Swap the two dates.");
  }
  if (from > last || to < first) {
    throw new NoDataError(`The data runs from ${first} to ${last}; there is none for these dates.`);
  }
  const period = from < first ? periodOf(first, to) : periodOf(from, to);
  if (period.days > longestPeriod) {
    throw new ParameterError("from", `A period has at most ${longestPeriod} days.`, "Choose a later first day.");
  }
  const scopes = { scope: narrowed(directory, scope, asked), caller: scope };
  return new Question(warehouse, directory, scopes, period, asked.compare);
}

function narrowed(directory: Directory, scope: Scope, { region, cafeIds }: Asked): Scope {
  let cafes = directory.cafes.filter((cafe) => scope.has(cafe.cafeId));
  if (region !== undefined) {
    cafes = cafes.filter((cafe) => cafe.region === region);
    if (cafes.length === 0) throw new NotInScopeError(`region ${region}`);
  }
  if (cafeIds === undefined) return new Scope(cafes.map((cafe) => cafe.cafeId));
  for (const id of cafeIds) if (!scope.has(id)) throw new NotInScopeError(`café ${id}`);
  const chosen = new Scope(cafes.map((cafe) => cafe.cafeId)).narrow(cafeIds);
  if (chosen.locationIds.length === 0) {
    throw new ParameterError("cafe", "None of these cafés is in that region.", "Leave out the region or the cafés.");
  }
  return chosen;
}
