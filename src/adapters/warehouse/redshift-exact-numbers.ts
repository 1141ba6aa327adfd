import type { RedshiftDataClient } from "@aws-sdk/client-redshift-data";

/** A whole number of 16 digits or more. In the text of a value, the quotes before it would be escaped. */
const wideNumber = /(?<!\\)"longValue"\s*:\s*(-?\d{16,})/g;

/**
 * Has the client give whole numbers that a JavaScript number cannot hold as text, all their digits: it reads JSON as JavaScript
 * does, and a customer's id would come out as another's.
 */
export function keepExactNumbers(client: RedshiftDataClient): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode?: number; body?: AsyncIterable<Uint8Array> };
      if (response.statusCode !== 200 || response.body === undefined) return result;
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString("utf8");
      const exact = text.replace(wideNumber, (found, digits: string) =>
        Number.isSafeInteger(Number(digits)) ? found : `"stringValue":"${digits}"`,
      );
      return { ...result, response: Object.assign(response, { body: Buffer.from(exact) }) };
    },
    // Low: next to the connection, before the client has read the answer.
    { step: "deserialize", priority: "low", name: "keepExactNumbers", override: true },
  );
}
