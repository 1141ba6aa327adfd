import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const statement = statementOf(new URL("./parts-of-day.sql", import.meta.url));

/** A part of the day, by the hours of the wall clock. */
export interface PartOfDay {
  fromHour: number;
  /** Not included; 24 is midnight. */
  toHour: number;
}

/** The parts a day has, from morning to evening. */
export async function readPartsOfDay(question: Question): Promise<PartOfDay[]> {
  return await question.query<PartOfDay>(statement);
}
