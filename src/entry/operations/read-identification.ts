import { agreeOnKeys } from "#pipeline/agree-on-keys.ts";
import type { Home } from "../home/open-home.ts";

/** What another process of the same user needs to work out the ids of a person, so that the person need not be sent. */
export interface Identification {
  /** The keys in force; their owner can open them. */
  keyFingerprint: string;
  /** Every café as the tills spell it: a name belongs to one café. */
  cafes: string[];
}

/** @throws SettingError when a key was lost */
export async function readIdentification(home: Home): Promise<Identification> {
  const { fingerprint } = await agreeOnKeys({ ...home, now: () => new Date() });
  const cafes = await home.warehouse.query<{ name: string }>("select name from locations order by name");
  return { keyFingerprint: fingerprint, cafes: cafes.map(({ name }) => name) };
}
