import { agreeOnKeys } from "#pipeline/agree-on-keys.ts";
import type { Home } from "../home/open-home.ts";

/** What another process of the same user needs to work out the ids of a person, so that the person need not be sent. */
export interface Identification {
  /** The keys in force; their owner can open them. */
  keyFingerprint: string;
  /** Every café, each by all names that its tills may have written: a customer's name belongs to one of those. */
  cafes: string[][];
}

/** @throws SettingError when a key was lost */
export async function readIdentification(home: Home): Promise<Identification> {
  const { fingerprint } = await agreeOnKeys({ ...home, now: () => new Date() });
  const rows = await home.warehouse.query<{ location_id: number; name: string }>(
    `select location_id, name from location_names
     union
     select location_id, name from locations
     order by location_id, name`,
  );
  const cafes = Map.groupBy(rows, ({ location_id: id }) => id);
  return { keyFingerprint: fingerprint, cafes: [...cafes.values()].map((names) => names.map(({ name }) => name)) };
}
