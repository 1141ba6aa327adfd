/**
 * What the API promises, for whoever calls it: import types from here, never from the server's other files.
 *
 * ```ts
 * import { hc } from "hono/client";
 * import type { Api } from "#api/contract/index.ts";
 *
 * const api = hc<Api>("/");
 * const response = await api.api.metrics["sales-trend"].$get({ query: { compare: "year", grain: "week", region: "Wales" } });
 * if (response.ok) {
 *   const trend = await response.json(); // SalesTrendAnswer
 * } // else a Problem
 * ```
 *
 * - Parameters are those of `parameters.ts`, and of the metric's own `schema.ts` in src/metrics. All are strings in the URL.
 * - Money is whole pence, shares and changes are ratios, dates `YYYY-MM-DD`, instants ISO 8601 in UTC, weekdays Monday = 1.
 *   Every field's meaning is in its `describe`, and in `/api/openapi.json`, which `/api` shows as a page.
 * - Null means unknown or not comparable, never zero. Lists are complete unless their description gives a limit.
 * - Answers carry an ETag and `Cache-Control: private, no-cache`: the browser asks again each time and gets a 304 when nothing
 *   has changed. `fetch` does that by itself; no code is needed.
 * - Signing in is a link (`/sign-in?token=…`) that the server answers itself. A 401 means: show "sign in again, with
 *   `infinity link`". `POST /api/sign-out` ends the session. A change (POST) is only taken from this site's own pages;
 *   the browser's Origin header says so, and `fetch` sends it by itself.
 * - Any metric as a file: the same address with `format=csv` (and `table=` for another list than the main one), as an
 *   ordinary `<a download>` link.
 */

export type { Change, Trust } from "#metrics/answer.ts";
export type { ChangeAnswer } from "#metrics/change/schema.ts";
export type { DayReceiptsAnswer } from "#metrics/day-receipts/schema.ts";
export type { DeliveriesAnswer } from "#metrics/deliveries/schema.ts";
export type { LeagueAnswer } from "#metrics/league/schema.ts";
export type { ProductsAnswer } from "#metrics/products/schema.ts";
export type { ReceiptAnswer } from "#metrics/receipt/schema.ts";
export type { SalesAnswer } from "#metrics/sales/schema.ts";
export type { SalesByHourAnswer } from "#metrics/sales-by-hour/schema.ts";
export type { SalesTrendAnswer } from "#metrics/sales-trend/schema.ts";
export type { Api } from "./client.ts";
export type { Problem } from "./problem.ts";
export type { CafeAnswer, SessionAnswer } from "./session.ts";
