import type { Hono, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { methodNotAllowed } from "hono/method-not-allowed";
import { secureHeaders } from "hono/secure-headers";
import { problem } from "./problems.ts";
import type { SignedInEnv } from "./sessions.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Only requests for an address of ours are answered. A page elsewhere that points its own name at 127.0.0.1 (DNS rebinding)
 * still sends its own name as the host.
 */
export function ownHostsOnly(origins: readonly string[]): MiddlewareHandler {
  const hosts = new Set(origins.map((origin) => new URL(origin).host));
  return async (c, next) => {
    const host = (c.req.header("host") ?? new URL(c.req.url).host).toLowerCase();
    if (!hosts.has(host)) return problem(c, "/problems/host");
    await next();
  };
}

/**
 * A change is only taken from our own pages, signing in included: every browser names the page's origin on a request that
 * changes something, whatever its body. One that names none did not come from a page.
 */
export function ownPagesOnly(origins: readonly string[]): MiddlewareHandler {
  const own = new Set(origins);
  return async (c, next) => {
    if (!safeMethods.has(c.req.method) && !own.has(c.req.header("origin") ?? ""))
      return problem(c, "/problems/cross-site");
    await next();
  };
}

/** Tells whoever asks an address of ours by a method it does not take which ones it does; the routes themselves say so. */
export function methodsOf(app: Hono<SignedInEnv>): MiddlewareHandler {
  return methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => {
      c.header("allow", methods.join(", "));
      return problem(c, "/problems/method");
    },
  });
}

/** More than any form of ours holds. */
const largestBody = 64 * 1024;

/** Refuses a body that is larger than any of ours, or that breaks off: what a stranger sends is no failure of this server. */
export function smallBodiesOnly(): MiddlewareHandler {
  const limited = bodyLimit({ maxSize: largestBody, onError: (c) => problem(c, "/problems/too-large") });
  return async (c, next) => {
    let isTaken = false;
    try {
      return await limited(c, async () => {
        isTaken = true;
        await next();
      });
    } catch (error) {
      if (isTaken) throw error;
      return problem(c, "/problems/body");
    }
  };
}

/**
 * What browsers are told to refuse. Scripts come from here and nowhere else; styles may be inline, since ECharts sets them on
 * elements. HSTS only where the site is served over HTTPS.
 */
export function browserGuards(origins: readonly string[]): MiddlewareHandler {
  const https = origins.some((origin) => origin.startsWith("https:"));
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:", "blob:"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    strictTransportSecurity: https ? "max-age=31536000" : false,
    // Not `no-referrer`: under that, browsers name no origin on a form's post either, and it could not be told from a foreign one.
    referrerPolicy: "same-origin",
    xFrameOptions: "DENY",
    crossOriginOpenerPolicy: "same-origin",
    crossOriginResourcePolicy: "same-origin",
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  });
}
