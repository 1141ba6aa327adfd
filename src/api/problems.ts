import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import type { z } from "zod";
import { BusyError, InfinityError, RefusedError } from "#core/errors.ts";
import { NoDataError, NotInScopeError, ParameterError } from "#metrics/errors.ts";
import type { Problem, ProblemType } from "./contract/problem.ts";
import type { FailureEntry } from "./environment.ts";

const known: Record<ProblemType, { status: number; title: string; next: string }> = {
  "/problems/parameters": {
    status: 400,
    title: "That cannot be asked.",
    next: "Change the parameter that is named, or leave it out.",
  },
  "/problems/body": {
    status: 400,
    title: "What was sent cannot be read.",
    next: "Send it again, as the page's own form does.",
  },
  "/problems/signed-out": {
    status: 401,
    title: "Nobody is signed in.",
    next: "Open a fresh link: `infinity link` prints one.",
  },
  "/problems/link-used": {
    status: 403,
    title: "This link has been used, or is too old.",
    next: "Open a fresh one: `infinity link` prints it.",
  },
  "/problems/cross-site": {
    status: 403,
    title: "This did not come from the dashboard's own pages.",
    next: "Open the dashboard itself and try there.",
  },
  "/problems/too-large": {
    status: 413,
    title: "Too much was sent at once.",
    next: "Send less than 64 kB: a sign-in link is far shorter.",
  },
  "/problems/host": {
    status: 421,
    title: "This server does not answer under that address.",
    next: "Use the address that `infinity serve` prints, or set `publicUrl` to this one.",
  },
  "/problems/not-found": {
    status: 404,
    title: "There is nothing here by that name.",
    next: "Go back to the page you came from.",
  },
  "/problems/method": {
    status: 405,
    title: "This address does not take that method.",
    next: "Use one of those that the header `Allow` names.",
  },
  "/problems/no-data": {
    status: 404,
    title: "There is no data for these dates.",
    next: "Choose dates that have data, or load till files with `infinity run`.",
  },
  "/problems/busy": {
    status: 503,
    title: "The warehouse is busy.",
    next: "Try again in a moment.",
  },
  "/problems/internal": {
    status: 500,
    title: "Something went wrong here.",
    next: "Try again. If it happens every time, tell whoever runs this server the number below.",
  },
};

interface Details {
  detail?: string;
  next?: string;
  errors?: Problem["errors"];
  id?: string;
}

/** The one way the API says no. */
export function problem(c: Context, type: ProblemType, details: Details = {}): Response {
  const { status, title, next } = known[type];
  const body: Problem = { type, title, status, next, id: details.id ?? newProblemId(), ...details };
  return c.body(JSON.stringify(body), status as 400, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
}

/** What a parameter's schema found wrong. Its messages say what is allowed and never quote what was given. */
export function parametersProblem(c: Context, error: z.ZodError): Response {
  const errors = error.issues.map(({ path, message }) => ({ parameter: path.join("."), message }));
  return problem(c, "/problems/parameters", { errors });
}

/** Turns whatever was thrown into a problem; what nobody foresaw goes to the log under the problem's id. */
export function failure(c: Context, error: unknown, log: (entry: FailureEntry) => void): Response {
  if (error instanceof ParameterError) {
    const errors = [{ parameter: error.parameter, message: error.message }];
    return problem(c, "/problems/parameters", { detail: error.message, next: error.next, errors });
  }
  if (error instanceof NotInScopeError) return problem(c, "/problems/not-found", { next: error.next });
  if (error instanceof NoDataError) return problem(c, "/problems/no-data", { detail: error.message, next: error.next });
  if (error instanceof RefusedError) {
    return problem(c, "/problems/parameters", { detail: error.message, next: error.next });
  }
  const type = error instanceof BusyError ? "/problems/busy" : "/problems/internal";
  const id = newProblemId();
  log({
    id,
    status: known[type].status,
    method: c.req.method,
    path: c.req.path,
    error: error instanceof InfinityError ? `${error.name}: ${error.message} ${error.next}` : nameOf(error),
    stack: framesOf(error),
  });
  return problem(c, type, { id });
}

function newProblemId(): string {
  const digits = randomBytes(4).toString("hex").toUpperCase();
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** The places an error came through, without its first lines: those are the message. */
function framesOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
