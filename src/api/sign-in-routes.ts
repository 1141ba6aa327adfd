import { Hono } from "hono";
import type { SignIn } from "#access/sign-in.ts";
import { confirmPage, needLinkPage } from "./pages/sign-in.ts";
import type { SessionCookie } from "./sessions.ts";

/**
 * `/sign-in`: where a link leads. Opened from a terminal, the address bar or our own pages it signs in at once. A browser that
 * says another site sent it, or that it is only looking ahead, gets a page with a button instead: else a prefetch would use
 * the link up, and another site could sign a visitor in unasked. HEAD never uses a link.
 */
export function signInRoutes(signIn: SignIn, cookie: SessionCookie) {
  return new Hono()
    .get("/", async (c) => {
      c.header("cache-control", "no-store");
      const token = c.req.query("token");
      if (token === undefined) return c.html(needLinkPage(false));
      const site = c.req.header("sec-fetch-site") ?? "none";
      const ahead = c.req.header("sec-purpose") ?? c.req.header("purpose");
      const unasked = c.req.method !== "GET" || ahead !== undefined || !["none", "same-origin"].includes(site);
      if (unasked) return c.html(confirmPage(token));
      const session = await signIn.redeemLink(token);
      if (session === undefined) return c.html(needLinkPage(true), 403);
      cookie.write(c, session);
      return c.redirect("/", 303);
    })
    .post("/", async (c) => {
      c.header("cache-control", "no-store");
      const { token } = await c.req.parseBody();
      const session = typeof token === "string" ? await signIn.redeemLink(tokenIn(token)) : undefined;
      if (session === undefined) return c.html(needLinkPage(true), 403);
      cookie.write(c, session);
      return c.redirect("/", 303);
    });
}

/** People paste the whole link. */
function tokenIn(text: string): string {
  return URL.canParse(text) ? (new URL(text).searchParams.get("token") ?? "") : text.trim();
}
