import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { scopeOf } from "#access/people.ts";
import { lifetimes, type Session, type SignIn } from "#access/sign-in.ts";
import type { Scope } from "#core/scope.ts";
import type { Directory } from "#metrics/directory.ts";
import { problem } from "./problems.ts";

/** What a request carries once its caller is known. */
export interface SignedInEnv {
  Variables: { session: Session };
}

/** The session's cookie: how it is called and kept. */
export interface SessionCookie {
  read(c: Context): string | undefined;
  write(c: Context, token: string): void;
  remove(c: Context): void;
}

/**
 * Over HTTPS the cookie is `__Host-infinity`, which browsers take only when it is secure and for this host alone. On plain
 * localhost there is no HTTPS to ask for; browsers share its cookies between ports, so the port is in the name. Strict: no
 * other site's link or form brings it along.
 */
export function sessionCookie(origins: readonly string[]): SessionCookie {
  const secure = origins.some((origin) => origin.startsWith("https:"));
  const port = new URL(origins[0] ?? "http://localhost").port;
  const name = secure ? "__Host-infinity" : `infinity_session_${port || "80"}`;
  const options = { httpOnly: true, sameSite: "Strict", secure, path: "/" } as const;
  return {
    read: (c) => getCookie(c, name),
    write: (c, token) => setCookie(c, name, token, { ...options, maxAge: lifetimes.absolute / 1000 }),
    remove: (c) => {
      deleteCookie(c, name, options);
    },
  };
}

/** Lets only those through who are signed in. */
export function signedInOnly(signIn: SignIn, cookie: SessionCookie): MiddlewareHandler<SignedInEnv> {
  return async (c, next) => {
    const token = cookie.read(c);
    const session = token === undefined ? undefined : await signIn.sessionOf(token);
    if (!session) return problem(c, "/problems/signed-out");
    c.set("session", session);
    await next();
  };
}

/** The cafés the caller may see: from the session, never from the request. */
export function scopeOfCaller(c: Context<SignedInEnv>, directory: Directory): Scope {
  return scopeOf(
    c.get("session").person,
    directory.cafes.map((cafe) => cafe.cafeId),
  );
}
