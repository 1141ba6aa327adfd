import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignIn } from "#access/sign-in.ts";
import { openSqliteAccess } from "#adapters/access/sqlite.ts";
import { openKeys } from "#adapters/keys/folder.ts";
import type { AccessStore } from "#core/ports/access-store.ts";
import { latte, openSmallChain, type SmallChain } from "#metrics/small-chain.suite.ts";
import type { HandCafe } from "#metrics/small-chain-rows.suite.ts";
import { createApi } from "./create-api.ts";
import type { ApiParts, FailureEntry } from "./environment.ts";
import type { WorkAhead } from "./work-ahead.ts";

export const origin = "http://localhost:4000";

/** The API over a small chain, with real accounts and a clock of its own. */
export interface SmallSite {
  readonly chain: SmallChain;
  readonly signIn: SignIn;
  readonly store: AccessStore;
  readonly failures: FailureEntry[];
  /** A request as a browser on our own pages sends it; signed in once {@link enter} was called. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Signs the owner in. */
  enter(): Promise<void>;
  readonly ahead: WorkAhead;
  /** Moves the clock of links and sessions. */
  pass(milliseconds: number): void;
  dispose(): Promise<void>;
}

export async function openSmallSite(cafes: readonly HandCafe[], parts: Partial<ApiParts> = {}): Promise<SmallSite> {
  const chain = await openSmallChain(cafes);
  const folder = mkdtempSync(join(tmpdir(), "small-site-"));
  const store = openSqliteAccess({ path: join(folder, "access.sqlite") });
  let clock = Date.UTC(2026, 2, 4);
  const signIn = new SignIn({ store, keys: openKeys(folder), now: () => clock });
  const failures: FailureEntry[] = [];
  const { app, ahead } = createApi({
    warehouse: chain.warehouse,
    signIn,
    sample: false,
    origins: [origin],
    schedule: () => ({ running: false, nextRunAt: null, words: null }),
    dashboardFolder: null,
    log: (entry) => failures.push(entry),
    ...parts,
  });
  let cookie = "";
  async function request(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
    const response = await app.request(path, { ...init, headers: { host: "localhost:4000", cookie, ...headers } });
    const set = response.headers.get("set-cookie");
    if (set) cookie = set.split(";")[0] ?? "";
    return response;
  }
  return {
    chain,
    signIn,
    store,
    failures,
    request,
    async enter() {
      const response = await request(`/sign-in?token=${await signIn.issueLink()}`);
      if (response.status !== 303) throw new Error(`The link answered ${response.status}.`);
    },
    ahead,
    pass(milliseconds) {
      clock += milliseconds;
    },
    async dispose() {
      await store.close();
      await chain.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The API over two cafés with a whole week between them, one named as a formula of a spreadsheet would be. */
export async function openSiteOfTwo(): Promise<SmallSite> {
  const site = await openSmallSite([
    { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
    { id: 2, name: '=HYPERLINK("http://x")', region: "South West" },
  ]);
  // Customer figures are for whole weeks, of which there is one.
  site.chain.deliver(1, "2026-02-23");
  site.chain.deliver(1, "2026-02-24", [latte("09:00", 200)]);
  site.chain.deliver(1, "2026-03-03", [latte("09:00", 150), latte("12:00", 30)]);
  site.chain.deliver(2, "2026-03-03", [latte("09:00", 500)]);
  await site.chain.load();
  return site;
}

/** What must be asked of the two, where a metric cannot do without. */
export const neededOfTwo: Readonly<Record<string, string>> = {
  "/api/metrics/day-receipts": "cafe=1&date=2026-03-03",
  "/api/metrics/receipt": "receipt=1",
  "/api/metrics/similar-cafes": "cafe=1",
};
