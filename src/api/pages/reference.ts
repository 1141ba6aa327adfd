import { html } from "hono/html";
import { page } from "./page.ts";

interface Parameter {
  name: string;
  required?: boolean;
  description?: string;
}

interface Operation {
  summary?: string;
  parameters?: Parameter[];
  responses: Record<string, { description: string; content?: Record<string, { schema?: { $ref?: string } }> }>;
}

interface Property {
  description?: string;
  type?: string | string[];
  $ref?: string;
  items?: Property;
  enum?: string[];
}

/** As much of an OpenAPI 3.1 document as the page shows. */
export interface ApiDocument {
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, { description?: string; properties?: Record<string, Property> }> };
}

/** The API as a page to read, drawn from its own OpenAPI document. `common` names the parameters that metrics share. */
export function referencePage(document: ApiDocument, common: readonly string[]) {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => a.localeCompare(b));
  const all = operations.flatMap(({ operation }) => operation.parameters ?? []);
  const shared = common.flatMap((name) => all.find((parameter) => parameter.name === name) ?? []);
  return page(
    "API",
    html`<h1>The API</h1>
<p>What the dashboard reads, and anybody signed in may. Money is whole pence, shares and changes are ratios, dates are business dates.
For programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<h2>What every metric takes</h2>
<p>All of it may be left out. An address with the same parameters on a page of the dashboard shows the same figures.</p>
${parameterTable(shared)}
${operations.map(({ path, method, operation }) => {
  const own = (operation.parameters ?? []).filter(({ name, required }) => required || !common.includes(name));
  return html`<h2><code>${method.toUpperCase()} ${path}</code></h2>
<p>${operation.summary ?? ""}</p>
${own.length > 0 ? parameterTable(own) : ""}
${answerOf(operation)}`;
})}
<h2>What the answers hold</h2>
${schemas.map(
  ([name, { description, properties }]) => html`<h3 id="${name}"><code>${name}</code></h3>
<p>${words(description)}</p>
<table><tbody>${Object.entries(properties ?? {}).map(
    ([field, property]) =>
      html`<tr><td><code>${field}</code></td><td><code>${typeOf(property)}</code></td><td>${words(property.description)}</td></tr>`,
  )}</tbody></table>`,
)}`,
  );
}

function parameterTable(parameters: readonly Parameter[]) {
  return html`<table><thead><tr><th scope="col">Parameter</th><th scope="col">What it is</th></tr></thead><tbody>${parameters.map(
    ({ name, required, description }) =>
      html`<tr><td><code>${name}</code>${required ? " (needed)" : ""}</td><td>${words(description)}</td></tr>`,
  )}</tbody></table>`;
}

function answerOf({ responses }: Operation) {
  const name = nameOf(Object.values(responses["200"]?.content ?? {})[0]?.schema?.$ref);
  return name === undefined ? "" : html`<p>Answers <a href="#${name}"><code>${name}</code></a></p>`;
}

/** A description, with what it sets between backticks drawn as code. */
function words(text = "") {
  return text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

function typeOf({ type, $ref, items, enum: words }: Property): string {
  if ($ref !== undefined) return nameOf($ref) ?? "object";
  if (words !== undefined) return words.join(" | ");
  const one = Array.isArray(type) ? type.join(" | ") : (type ?? "object");
  return items === undefined ? one : one.replace("array", `${typeOf(items)}[]`);
}

function nameOf(reference: string | undefined): string | undefined {
  return reference?.split("/").at(-1);
}
