import type { Command } from "commander";
import { RefusedError } from "#core/errors.ts";
import type { Settings } from "#core/settings.ts";
import { findServer } from "../../home/with-home.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

/** `infinity link`: a fresh link that signs the owner in. */
export function linkCommand(): Command {
  return newCommand("link", "print a fresh link that signs you in to the dashboard, once", "link").action(
    async (options: { home?: string; json?: boolean }) => {
      const link = await freshLink(settingsOf(options));
      if (options.json) printJson({ signInLink: link });
      else print(link);
    },
  );
}

/** From whoever serves this home; or, where a function elsewhere serves the dashboard, by entering it where that looks. */
async function freshLink(settings: Settings): Promise<string> {
  const server = await findServer(settings);
  if (server) return await server.signInLink();
  const { records, publicUrl } = settings;
  if (records === undefined || publicUrl === undefined) {
    throw new RefusedError(
      "The dashboard is not being served.",
      "Start it with `infinity serve`; it prints a link. For one on AWS, set records and publicUrl.",
    );
  }
  const [{ SignIn }, { openAccess, openKeeper }] = await Promise.all([
    import("#access/sign-in.ts"),
    import("../../home/choose-adapters.ts"),
  ]);
  const store = await openAccess({ ...settings, records });
  const signIn = new SignIn({ store, keys: await openKeeper(settings) });
  return `${new URL(publicUrl).origin}/sign-in?token=${await signIn.issueLink()}`;
}
