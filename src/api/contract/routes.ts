import { createRoute, z } from "@hono/zod-openapi";
import { boughtTogetherAnswer, boughtTogetherParams } from "#metrics/bought-together/schema.ts";
import { changeAnswer } from "#metrics/change/schema.ts";
import { cohortsAnswer, cohortsParams } from "#metrics/cohorts/schema.ts";
import { customerSegmentsAnswer } from "#metrics/customer-segments/schema.ts";
import { customersAnswer } from "#metrics/customers/schema.ts";
import { dayReceiptsAnswer, dayReceiptsParams } from "#metrics/day-receipts/schema.ts";
import { daypartsAnswer } from "#metrics/dayparts/schema.ts";
import { deliveriesAnswer } from "#metrics/deliveries/schema.ts";
import { firstPurchasesAnswer, firstPurchasesParams } from "#metrics/first-purchases/schema.ts";
import { lapsingAnswer } from "#metrics/lapsing/schema.ts";
import { leagueAnswer } from "#metrics/league/schema.ts";
import { likeForLikeAnswer } from "#metrics/like-for-like/schema.ts";
import { productLifeAnswer, productLifeParams } from "#metrics/product-life/schema.ts";
import { productMixAnswer } from "#metrics/product-mix/schema.ts";
import { productPenetrationAnswer, productPenetrationParams } from "#metrics/product-penetration/schema.ts";
import { productPricesAnswer, productPricesParams } from "#metrics/product-prices/schema.ts";
import { productsAnswer, productsParams } from "#metrics/products/schema.ts";
import { receiptAnswer, receiptParams } from "#metrics/receipt/schema.ts";
import { regionBenchmarkAnswer } from "#metrics/region-benchmark/schema.ts";
import { salesAnswer } from "#metrics/sales/schema.ts";
import { salesByHourAnswer } from "#metrics/sales-by-hour/schema.ts";
import { salesTrendAnswer, salesTrendParams } from "#metrics/sales-trend/schema.ts";
import { sharedCustomersAnswer } from "#metrics/shared-customers/schema.ts";
import { similarCafesAnswer, similarCafesParams } from "#metrics/similar-cafes/schema.ts";
import { customerParams } from "#metrics/suppression/schema.ts";
import { visitFrequencyAnswer } from "#metrics/visit-frequency/schema.ts";
import { whatChangedAnswer, whatChangedParams } from "#metrics/what-changed/schema.ts";
import { commonParams } from "./parameters.ts";
import { problem } from "./problem.ts";
import { sessionAnswer } from "./session.ts";

const csvOnly = commonParams.pick({ format: true, table: true });

function problemOf(description: string) {
  return { description, content: { "application/problem+json": { schema: problem } } };
}

const failures = {
  400: problemOf("A parameter cannot be what was given."),
  401: problemOf("Nobody is signed in."),
  404: problemOf("Not there, or not in the caller's scope; or no data for these dates."),
  500: problemOf("Something went wrong here; the id finds it in the log."),
};

function metricRoute<
  const Name extends string,
  Params extends z.ZodObject<z.ZodRawShape>,
  Answer extends z.ZodType,
>(metric: { name: Name; summary: string; params: Params; answer: Answer }) {
  return createRoute({
    method: "get",
    path: `/api/metrics/${metric.name}` as const,
    tags: ["metrics"],
    summary: metric.summary,
    request: { query: metric.params },
    responses: {
      200: { description: metric.summary, content: { "application/json": { schema: metric.answer } } },
      ...failures,
    },
  });
}

/** Every route with a JSON answer: OpenAPI, the server's validation and the typed client are all made from these. */
export const routes = {
  session: createRoute({
    method: "get",
    path: "/api/session",
    tags: ["session"],
    summary: "Who is signed in, what they may see, and how fresh it is",
    responses: {
      200: { description: "The session", content: { "application/json": { schema: sessionAnswer } } },
      401: failures[401],
      500: failures[500],
    },
  }),
  signOut: createRoute({
    method: "post",
    path: "/api/sign-out",
    tags: ["session"],
    summary: "End this session, here and on the server",
    responses: {
      200: {
        description: "Signed out",
        content: { "application/json": { schema: z.object({ signedOut: z.literal(true) }) } },
      },
      403: problemOf("The request did not come from this site's own pages."),
    },
  }),
  sales: metricRoute({
    name: "sales",
    summary: "How did the cafés do, against the week and the year before, their regions and the chain?",
    params: commonParams,
    answer: salesAnswer,
  }),
  salesTrend: metricRoute({
    name: "sales-trend",
    summary: "Sales day by day or week by week, with the comparison beside it",
    params: commonParams.extend(salesTrendParams.shape),
    answer: salesTrendAnswer,
  }),
  salesByHour: metricRoute({
    name: "sales-by-hour",
    summary: "When do people come? Receipts by weekday and hour, usual and now",
    params: commonParams,
    answer: salesByHourAnswer,
  }),
  dayparts: metricRoute({
    name: "dayparts",
    summary: "Which parts of the day make the sales, and how does that change?",
    params: commonParams,
    answer: daypartsAnswer,
  }),
  products: metricRoute({
    name: "products",
    summary: "What sells, what rises and what falls?",
    params: commonParams.extend(productsParams.shape),
    answer: productsAnswer,
  }),
  productMix: metricRoute({
    name: "product-mix",
    summary:
      "What is sold, by category, size and flavour, and how does that differ between regions and from other cafés?",
    params: commonParams,
    answer: productMixAnswer,
  }),
  productPrices: metricRoute({
    name: "product-prices",
    summary: "At which prices does it sell, when did they change, and what did volume do then?",
    params: commonParams.extend(productPricesParams.shape),
    answer: productPricesAnswer,
  }),
  boughtTogether: metricRoute({
    name: "bought-together",
    summary: "What is bought together, more or less often than chance would have it?",
    params: commonParams.extend(boughtTogetherParams.shape),
    answer: boughtTogetherAnswer,
  }),
  productLife: metricRoute({
    name: "product-life",
    summary: "What is new, what is fading and what is gone?",
    params: commonParams.extend(productLifeParams.shape),
    answer: productLifeAnswer,
  }),
  productPenetration: metricRoute({
    name: "product-penetration",
    summary: "How far does each product reach: in how many cafés, on how many receipts, region by region?",
    params: commonParams.extend(productPenetrationParams.shape),
    answer: productPenetrationAnswer,
  }),
  deliveries: metricRoute({
    name: "deliveries",
    summary: "Which cafés are in, and how good is what they sent?",
    params: commonParams,
    answer: deliveriesAnswer,
  }),
  league: metricRoute({
    name: "league",
    summary: "Which cafés and regions grow, like for like, and what is left out of that?",
    params: commonParams,
    answer: leagueAnswer,
  }),
  likeForLike: metricRoute({
    name: "like-for-like",
    summary: "How do sales compare with the week and the year before, like for like, and what is left out of that?",
    params: commonParams,
    answer: likeForLikeAnswer,
  }),
  regionBenchmark: metricRoute({
    name: "region-benchmark",
    summary: "How do the cafés do against the others of their region, else of their nation, else of the chain?",
    params: commonParams,
    answer: regionBenchmarkAnswer,
  }),
  similarCafes: metricRoute({
    name: "similar-cafes",
    summary: "Which cafés are most like this one, and how do they do?",
    params: commonParams.extend(similarCafesParams.shape),
    answer: similarCafesAnswer,
  }),
  change: metricRoute({
    name: "change",
    summary: "Where does the change in sales come from: causes, times of day, cafés?",
    params: commonParams,
    answer: changeAnswer,
  }),
  whatChanged: metricRoute({
    name: "what-changed",
    summary: "What is the difference between any two periods made of, to the penny?",
    params: commonParams.extend(whatChangedParams.shape),
    answer: whatChangedAnswer,
  }),
  customers: metricRoute({
    name: "customers",
    summary: "How many customers can be told, and how many of them are new?",
    params: commonParams.extend(customerParams.shape),
    answer: customersAnswer,
  }),
  visitFrequency: metricRoute({
    name: "visit-frequency",
    summary: "How often do customers come?",
    params: commonParams.extend(customerParams.shape),
    answer: visitFrequencyAnswer,
  }),
  cohorts: metricRoute({
    name: "cohorts",
    summary: "Do new customers come back?",
    params: commonParams.extend(cohortsParams.shape),
    answer: cohortsAnswer,
  }),
  customerSegments: metricRoute({
    name: "customer-segments",
    summary: "Who are the customers, by recency, frequency and spend?",
    params: commonParams.extend(customerParams.shape),
    answer: customerSegmentsAnswer,
  }),
  lapsing: metricRoute({
    name: "lapsing",
    summary: "Which customers have gone quiet, and what are they worth?",
    params: commonParams.extend(customerParams.shape),
    answer: lapsingAnswer,
  }),
  sharedCustomers: metricRoute({
    name: "shared-customers",
    summary: "Which cafés share customers?",
    params: commonParams,
    answer: sharedCustomersAnswer,
  }),
  firstPurchases: metricRoute({
    name: "first-purchases",
    summary: "What do new customers buy first?",
    params: commonParams.extend(firstPurchasesParams.shape),
    answer: firstPurchasesAnswer,
  }),
  dayReceipts: metricRoute({
    name: "day-receipts",
    summary: "The receipts of one café and day",
    params: dayReceiptsParams.extend(csvOnly.shape),
    answer: dayReceiptsAnswer,
  }),
  receipt: metricRoute({
    name: "receipt",
    summary: "One receipt with its lines",
    params: receiptParams.extend(csvOnly.shape),
    answer: receiptAnswer,
  }),
};
