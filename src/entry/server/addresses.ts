import { isIP } from "node:net";
import { SettingError } from "#core/errors.ts";
import type { Settings } from "#core/settings.ts";

/**
 * The addresses the site answers at, the first being the one to show. With a `publicUrl` that is the only one; without, only
 * this machine's own browser can reach it.
 *
 * @throws SettingError when it would be served to others without saying under which address.
 */
export function originsOf({ host, publicUrl }: Pick<Settings, "host" | "publicUrl">, port: number): string[] {
  if (publicUrl !== undefined) return [new URL(publicUrl).origin];
  if (!isLoopback(host)) {
    throw new SettingError(
      `The setting host is ${host}, which others can reach, and there is no publicUrl.`,
      "Say which address they will use, such as --public-url https://infinity.example; a proxy there should speak HTTPS.",
    );
  }
  const names = ["localhost", host.includes(":") ? `[${host}]` : host, "127.0.0.1"];
  return [...new Set(names.map((name) => new URL(`http://${name}:${port}`).origin))];
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
