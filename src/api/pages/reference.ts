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

/** The API as a page to read, drawn from its own OpenAPI document. */
export function referencePage(document: ApiDocument) {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => a.localeCompare(b));
  return page(
    "API",
    html`<h1>The API</h1>
<p>What the dashboard reads, and anybody signed in may. Money is whole pence, shares and changes are ratios, dates are business dates.
For programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
${operations.map(
  ({ path, method, operation }) => html`<h2><code>${method.toUpperCase()} ${path}</code></h2>
<p>${operation.summary ?? ""}${answerOf(operation)}</p>
${
  operation.parameters?.length
    ? html`<table><thead><tr><th scope="col">Parameter</th><th scope="col">What it is</th></tr></thead><tbody>${operation.parameters.map(
        ({ name, required, description }) =>
          html`<tr><td><code>${name}</code>${required ? " (needed)" : ""}</td><td>${description ?? ""}</td></tr>`,
      )}</tbody></table>`
    : ""
}`,
)}
<h2>What the answers hold</h2>
${schemas.map(
  ([
    name,
    { description, properties },
  ]) => html`<details id="${name}"><summary><code>${name}</code> ${description ?? ""}</summary>
<table><tbody>${Object.entries(properties ?? {}).map(
    ([field, property]) =>
      html`<tr><td><code>${field}</code></td><td><code>${typeOf(property)}</code></td><td>${property.description ?? ""}</td></tr>`,
  )}</tbody></table></details>`,
)}`,
  );
}

function answerOf({ responses }: Operation) {
  const name = nameOf(Object.values(responses["200"]?.content ?? {})[0]?.schema?.$ref);
  return name === undefined ? "" : html` Answers <a href="#${name}"><code>${name}</code></a>.`;
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
