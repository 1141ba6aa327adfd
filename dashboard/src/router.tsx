import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { fetchEngine } from "./charts/Drawing.tsx";
import { BriefPage } from "./features/brief/BriefPage.tsx";
import { parseSearch, readSearch, writeSearch } from "./filters/search.ts";
import { App } from "./frame/App.tsx";
import { Broken } from "./frame/Broken.tsx";
import { NotFound } from "./frame/NotFound.tsx";

const root = createRootRoute({ component: App, notFoundComponent: () => <NotFound />, validateSearch: readSearch });

const brief = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: BriefPage,
  // Its charts are fetched beside its first answers; should that fail, a chart asks again and says so.
  loader: () => {
    fetchEngine().catch(() => undefined);
  },
});

const regions = createRoute({
  getParentRoute: () => root,
  path: "/regions",
  component: lazyRouteComponent(() => import("./features/regions/RegionsPage.tsx"), "RegionsPage"),
});

const cafe = createRoute({
  getParentRoute: () => root,
  path: "/cafes/$cafe",
  component: lazyRouteComponent(() => import("./features/drill/CafePage.tsx"), "CafePage"),
});

const day = createRoute({
  getParentRoute: () => root,
  path: "/cafes/$cafe/$date",
  component: lazyRouteComponent(() => import("./features/drill/DayPage.tsx"), "DayPage"),
});

const receipt = createRoute({
  getParentRoute: () => root,
  path: "/cafes/$cafe/$date/$receipt",
  component: lazyRouteComponent(() => import("./features/drill/ReceiptPage.tsx"), "ReceiptPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([brief, regions, cafe, day, receipt]),
  defaultPreload: "intent",
  scrollRestoration: true,
  parseSearch,
  stringifySearch: writeSearch,
  defaultErrorComponent: Broken,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
