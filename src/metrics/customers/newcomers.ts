import type { Period } from "../answer.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const newcomersStatement = statementOf(new URL("./newcomers.sql", import.meta.url));

/** Customers of a week, known by a card or only by a name. */
export interface CustomersOfWeek {
  weekStart: string;
  isCard: boolean;
  customers: number;
}

/** Customers whose first receipt at the cafés asked about is in the question's period, or in that other one, by its week. */
export async function newcomersByWeek(question: Question, other: Period | null): Promise<CustomersOfWeek[]> {
  return await question.query<CustomersOfWeek>(newcomersStatement, { comparison: other });
}
