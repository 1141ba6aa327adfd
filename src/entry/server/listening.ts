import type { AddressInfo } from "node:net";
import type { createAdaptorServer } from "@hono/node-server";
import { errorCode, SettingError } from "#core/errors.ts";

type HttpServer = ReturnType<typeof createAdaptorServer>;

/**
 * Binds the server; the port it got.
 *
 * @throws SettingError when the port cannot be had.
 */
export async function listen(server: HttpServer, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function cannotListen(error: unknown, host: string, port: number): SettingError {
  const code = errorCode(error);
  const why =
    code === "EADDRINUSE"
      ? "another program has it"
      : code === "EACCES"
        ? "this user may not use it"
        : (code ?? "unknown");
  return new SettingError(
    `Port ${port} of ${host} cannot be served (${why}).`,
    "Choose another with --port, or INFINITY_PORT; 0 takes one that is free.",
    { cause: error },
  );
}

/** Answers nobody any more. */
export async function stopListening(server: HttpServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Browsers keep connections open; those at rest would hold the server up for minutes.
  if ("closeAllConnections" in server) server.closeAllConnections();
  await closed;
}
