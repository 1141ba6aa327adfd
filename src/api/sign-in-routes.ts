import { type Context, Hono } from "hono";
import type { SignIn } from "#access/sign-in.ts";
import { confirmPage, needLinkPage } from "./pages/sign-in.ts";
import { problem } from "./problems.ts";
import type { SessionCookie } from "./sessions.ts";

/**
 * `/sign-in`: where a link leads. Opened from a terminal, the address bar or our own pages it signs in at once. A browser that
 * says another site sent it, or that it is only looking ahead, gets a page with a button instead: else a prefetch would use
 * the link up, and another site could sign a visitor in unasked. HEAD never uses a link.
 */
export function signInRoutes(signIn: SignIn, cookie: SessionCookie) {
  const redeem = async (c: Context, token: string) => {
    const redeemed = await signIn.redeemLink(token);
    if ("session" in redeemed) {
      cookie.write(c, redeemed.session);
      return c.redirect("/", 303);
    }
    if (redeemed.refused === "unknown") return c.html(needLinkPage("unknown"), 403);
    c.header("retry-after", String(redeemed.waitSeconds));
    return c.html(needLinkPage("too-many"), 429);
  };
  return new Hono()
    .get("/", async (c) => {
      c.header("cache-control", "no-store");
      const token = c.req.query("token");
      if (token === undefined) return c.html(needLinkPage("none"));
      const site = c.req.header("sec-fetch-site") ?? "none";
      const ahead = c.req.header("sec-purpose") ?? c.req.header("purpose");
      const unasked = c.req.method !== "GET" || ahead !== undefined || !["none", "same-origin"].includes(site);
      if (unasked) return c.html(confirmPage(token));
      return await redeem(c, token);
    })
    .post("/", async (c) => {
      c.header("cache-control", "no-store");
      const form = await c.req.parseBody().catch(() => undefined);
      if (form === undefined) return problem(c, "/problems/body");
      const { token } = form;
      return await redeem(c, typeof token === "string" ? tokenIn(token) : "");
    });
}

/** People paste the whole link. */
function tokenIn(text: string): string {
  return URL.canParse(text) ? (new URL(text).searchParams.get("token") ?? "") : text.trim();
}
