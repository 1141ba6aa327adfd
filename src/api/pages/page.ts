import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const style = `
:root { color-scheme: light dark; --page: #FBF8F4; --sunken: #F4EEE6; --ink: #2B2118; --ink-2: #51453A; --muted: #6F6358;
  --rule: #E9E1D8; --control: #8F8377; --accent: #A94A10; --on-accent: #FFFFFF; --focus: #1B5A8C; }
@media (prefers-color-scheme: dark) { :root { --page: #15110E; --sunken: #26201B; --ink: #F3ECE4; --ink-2: #D2C6BA;
  --muted: #A99C8F; --rule: #342C25; --control: #7F7266; --accent: #F0935B; --on-accent: #1E120A; --focus: #8CC4EE; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/20px Inter, system-ui, sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 960px; margin: 0 auto; padding: 48px 16px 96px; }
h1 { margin: 0 0 8px; font-size: 30px; line-height: 36px; font-weight: 680; letter-spacing: -0.024em; }
h1::before { content: ""; display: block; width: 32px; height: 3px; margin-bottom: 16px; background: var(--accent); }
h2 { margin: 36px 0 4px; padding-top: 16px; border-top: 1px solid var(--ink); font-size: 16px; line-height: 22px; font-weight: 650; }
p { max-width: 68ch; margin: 0 0 12px; color: var(--ink-2); }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
code { font: 13px/18px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 18px; }
th { text-align: left; font-weight: 400; color: var(--muted); }
th, td { padding: 7px 16px 7px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
td:first-child { white-space: nowrap; }
label { display: block; margin: 16px 0 4px; }
input { width: 100%; max-width: 420px; height: 44px; padding: 0 12px; border: 1px solid var(--control); border-radius: 6px;
  background: var(--page); color: var(--ink); font: inherit; }
button { display: block; height: 44px; margin-top: 16px; padding: 0 20px; border: 0; border-radius: 6px; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 650; cursor: pointer; }
h3 { margin: 24px 0 4px; font-size: 14px; line-height: 20px; font-weight: 650; scroll-margin-top: 16px; }
table + p, table + table { margin-top: 12px; }
@media (max-width: 600px) { table, tbody, tr, td { display: block; } thead { display: none; } td { border: 0; padding: 2px 0; }
  tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--rule); } }
`;

/** A page the server draws itself: no script, the dashboard's colours, light or dark as the reader's system is. */
export function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Infinity</title>
<style>${raw(style)}</style>
</head>
<body><main>${content}</main></body>
</html>`;
}
