import { OpenAPIHono } from "@hono/zod-openapi";
import { compress } from "hono/compress";
import { readVersion } from "#metrics/directory.ts";
import { NotInScopeError } from "#metrics/errors.ts";
import { readLastRun } from "#metrics/last-run.ts";
import { commonParams } from "./contract/parameters.ts";
import { routes } from "./contract/routes.ts";
import type { ApiParts } from "./environment.ts";
import { browserGuards, methodsOf, ownHostsOnly, ownPagesOnly, smallBodiesOnly } from "./guards.ts";
import { mountMetrics } from "./metric-routes.ts";
import { type ApiDocument, referencePage } from "./pages/reference.ts";
import { notBuiltPage } from "./pages/sign-in.ts";
import { failure, parametersProblem, problem } from "./problems.ts";
import { ReadingRoom } from "./reading-room.ts";
import { sessionAnswerOf } from "./session-answer.ts";
import { type SignedInEnv, scopeOfCaller, sessionCookie, signedInOnly } from "./sessions.ts";
import { signInRoutes } from "./sign-in-routes.ts";
import { staticFiles } from "./static-files.ts";
import { WorkAhead } from "./work-ahead.ts";

const info = {
  openapi: "3.1.0",
  info: {
    title: "Infinity Customer Tracker",
    version: "1",
    description: "Sales of every café, like for like, with how far each figure can be trusted.",
  },
};

/** The web app, ready to be served. */
export interface WebApp {
  readonly app: OpenAPIHono<SignedInEnv>;
  /** Works out what the dashboard will ask, ahead of whoever opens it: to be started with the server and after each run. */
  readonly ahead: WorkAhead;
}

/** Makes the web app: the API, signing in, and the dashboard's files. The same on one machine and on Lambda. */
export function createApi(parts: ApiParts): WebApp {
  const { warehouse, signIn, origins, log, dashboardFolder } = parts;
  const cookie = sessionCookie(origins);
  const room = new ReadingRoom(warehouse);
  const app = new OpenAPIHono<SignedInEnv>({
    defaultHook: (result, c) => (result.success ? undefined : parametersProblem(c, result.error)),
  });

  app.use(browserGuards(origins));
  app.get("/healthz", async (c) => {
    await readVersion(warehouse);
    return c.json({ status: "ok" }, 200, { "cache-control": "no-store" });
  });
  app.use(ownHostsOnly(origins), ownPagesOnly(origins), smallBodiesOnly());
  app.use("/api/*", compress());
  app.use(methodsOf(app));
  app.route("/sign-in", signInRoutes(signIn, cookie));
  app.get("/api/openapi.json", (c) => c.json(app.getOpenAPI31Document(info), 200, { "cache-control": "no-cache" }));
  app.get("/api", (c) =>
    c.html(referencePage(app.getOpenAPI31Document(info) as unknown as ApiDocument, Object.keys(commonParams.shape))),
  );

  app.openapi(routes.signOut, async (c) => {
    const token = cookie.read(c);
    if (token !== undefined) await signIn.signOut(token);
    cookie.remove(c);
    c.header("clear-site-data", '"cache"');
    return c.json({ signedOut: true as const }, 200);
  });
  app.use("/api/*", signedInOnly(signIn, cookie));
  app.openapi(routes.session, async (c) => {
    const [directory, lastRun] = await Promise.all([room.directory(), readLastRun(warehouse)]);
    const scope = scopeOfCaller(c, directory);
    const { sample, schedule } = parts;
    const answer = sessionAnswerOf({
      session: c.get("session"),
      scope,
      directory,
      lastRun,
      schedule: schedule(),
      sample,
    });
    return c.json(answer, 200, { "cache-control": "no-store" });
  });
  mountMetrics(app, room);
  app.all("/api/*", (c) => problem(c, "/problems/not-found"));

  if (dashboardFolder === null) app.get("/", (c) => c.html(notBuiltPage()));
  else app.use(staticFiles(dashboardFolder));
  app.notFound((c) => problem(c, "/problems/not-found"));
  app.onError(async (error, c) => {
    if (error instanceof NotInScopeError) await signIn.auditOutOfScope(c.get("session").person, error.asked);
    return failure(c, error, log);
  });
  return { app, ahead: new WorkAhead(room) };
}
