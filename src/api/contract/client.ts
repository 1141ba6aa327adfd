import type { RouteConfigToTypedResponse, z } from "@hono/zod-openapi";
import type { Hono } from "hono";
import type { BlankEnv, ToSchema } from "hono/types";
import type { routes } from "./routes.ts";

type QueryOf<Route> = Route extends { request: { query: infer Query extends z.ZodType } }
  ? { in: { query: z.input<Query> }; out: { query: z.output<Query> } }
  : Record<never, never>;

type SchemaOf<Route> = Route extends (typeof routes)[keyof typeof routes]
  ? ToSchema<Route["method"], Route["path"], QueryOf<Route>, RouteConfigToTypedResponse<Route>>
  : never;

type Everything<Union> = (Union extends unknown ? (value: Union) => void : never) extends (value: infer All) => void
  ? All
  : never;

/**
 * The API as the typed client `hc<Api>("/")` of hono/client sees it. Made from the routes' definitions alone, so that the
 * dashboard never compiles the server.
 */
export type Api = Hono<BlankEnv, Extract<Everything<SchemaOf<(typeof routes)[keyof typeof routes]>>, object>, "/">;
