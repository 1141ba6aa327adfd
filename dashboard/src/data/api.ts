import { type ClientResponse, hc } from "hono/client";
import type { Api, Problem } from "../../../src/api/contract/index.ts";

const { api } = hc<Api>("/");

/** The server said no, and why, and what to do now. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** No server said this, so no log knows it by a number. */
const unreachable: Problem = {
  type: "/problems/internal",
  title: "Infinity does not answer",
  status: 503,
  next: "See that it is still running (npm start), then try again.",
  id: "",
};

/** An answer may take this long before the reader is told. */
const PATIENCE_MS = 10_000;

type Answered<Response> = Response extends ClientResponse<infer Body, 200, string> ? Body : never;

async function answerOf<Response extends ClientResponse<unknown, number, string>>(
  request: Promise<Response>,
): Promise<Answered<Response>> {
  let response: Response;
  try {
    response = await request;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    const late = error instanceof DOMException && error.name === "TimeoutError";
    throw new ProblemError(late ? { ...unreachable, title: "The answer took longer than 10 s" } : unreachable);
  }
  if (response.ok) return (await response.json()) as Answered<Response>;
  let problem: Problem;
  try {
    problem = (await response.json()) as Problem;
  } catch {
    problem = unreachable;
  }
  throw new ProblemError(problem.title ? problem : unreachable);
}

const within = (signal: AbortSignal) => ({
  init: { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) },
});

/** What every metric may be asked for. */
export interface Question {
  from: string;
  to: string;
  compare: "week" | "year";
  region?: string;
  cafe?: string;
}

/** The API, one function an address. Each throws a ProblemError when the server says no. */
export const ask = {
  session: (signal: AbortSignal) => answerOf(api.session.$get({}, within(signal))),
  sales: (query: Question, signal: AbortSignal) => answerOf(api.metrics.sales.$get({ query }, within(signal))),
  trend: (query: Question & { grain: "day" | "week"; last?: string }, signal: AbortSignal) =>
    answerOf(api.metrics["sales-trend"].$get({ query }, within(signal))),
  byHour: (query: Question, signal: AbortSignal) =>
    answerOf(api.metrics["sales-by-hour"].$get({ query }, within(signal))),
  products: (query: Question & { limit: string }, signal: AbortSignal) =>
    answerOf(api.metrics.products.$get({ query }, within(signal))),
  deliveries: (query: Question, signal: AbortSignal) =>
    answerOf(api.metrics.deliveries.$get({ query }, within(signal))),
  league: (query: Question, signal: AbortSignal) => answerOf(api.metrics.league.$get({ query }, within(signal))),
  change: (query: Question, signal: AbortSignal) => answerOf(api.metrics.change.$get({ query }, within(signal))),
  dayReceipts: (query: { cafe: string; date: string; page: string }, signal: AbortSignal) =>
    answerOf(api.metrics["day-receipts"].$get({ query }, within(signal))),
  receipt: (query: { receipt: string }, signal: AbortSignal) =>
    answerOf(api.metrics.receipt.$get({ query }, within(signal))),
};

/** Ends the session, here and on the server. */
export async function signOut(): Promise<void> {
  await api["sign-out"].$post();
}
