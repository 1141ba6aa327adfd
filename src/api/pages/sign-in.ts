import { html } from "hono/html";
import { page } from "./page.ts";

/** Asks for one more click, where signing in at once could be another site's doing. */
export function confirmPage(token: string) {
  return page(
    "Sign in",
    html`<h1>Sign in to Infinity</h1>
<p>You came here through a link on another page. If you asked for it yourself, go on.</p>
<form method="post" action="/sign-in"><input type="hidden" name="token" value="${token}"><button>Sign in</button></form>`,
  );
}

const needLinkTitles = {
  none: "You need a link to come in",
  unknown: "This link has been used, or is too old",
  "too-many": "Too many links that do not work were tried. Wait a minute",
};

/** For who comes without a link, or with one that does not work; after too many of those, a fresh one still does. */
export function needLinkPage(link: keyof typeof needLinkTitles) {
  return page(
    "Sign in",
    html`<h1>${needLinkTitles[link]}</h1>
<p>A link works once, within a quarter of an hour. On the machine that serves this page, run <code>npx infinity link</code> for a
fresh one, and open it. It can also be pasted here.</p>
<form method="post" action="/sign-in"><label for="token">Link</label>
<input id="token" name="token" autocomplete="off" spellcheck="false" required><button>Sign in</button></form>`,
  );
}

/** Where the dashboard would be, had it been built. */
export function notBuiltPage() {
  return page(
    "Dashboard",
    html`<h1>The dashboard has not been built</h1>
<p>The API is here: <a href="/api">what it answers</a>. For the dashboard, run <code>npm run build</code>, then start again.</p>`,
  );
}
