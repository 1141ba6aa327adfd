import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** As much of AWS Secrets Manager as keys need, over HTTP: making a secret once, and reading it. */
export interface SecretsFake {
  /** What to set `AWS_ENDPOINT_URL_SECRETS_MANAGER` to. */
  readonly address: string;
  /** Secrets in base64, by name. */
  readonly secrets: Map<string, string>;
  stop(): Promise<void>;
}

export async function startSecretsFake(): Promise<SecretsFake> {
  const secrets = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const action = String(request.headers["x-amz-target"]).split(".").at(-1);
    const asked = JSON.parse(await text(request)) as { Name?: string; SecretId?: string; SecretBinary?: string };
    const answer = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    };
    const name = asked.Name ?? asked.SecretId ?? "";
    if (action === "CreateSecret") {
      if (secrets.has(name)) return answer(400, { __type: "ResourceExistsException" });
      secrets.set(name, asked.SecretBinary ?? "");
      return answer(200, { Name: name });
    }
    const secret = secrets.get(name);
    return secret === undefined
      ? answer(400, { __type: "ResourceNotFoundException" })
      : answer(200, { Name: name, SecretBinary: secret });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
