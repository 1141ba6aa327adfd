import { agreeOnKeys } from "#pipeline/agree-on-keys.ts";
import type { Home } from "../home/open-home.ts";

/** What another process of the same user needs to work out the ids of a person, so that the person need not be sent. */
export interface Identification {
  /** The keys in force; their owner can open them. */
  keyFingerprint: string;
  /** Every way that tills spell a café, with the name it goes by: a person's id holds the café as the till wrote it. */
  cafes: { name: string; spelling: string }[];
}

/** @throws SettingError when a key or the suppression list was lost */
export async function readIdentification(home: Home): Promise<Identification> {
  const { fingerprint } = await agreeOnKeys({ ...home, now: () => new Date() });
  const cafes = await home.warehouse.query<Identification["cafes"][number]>(
    `select locations.name, location_names.name as spelling
     from location_names
     join locations on locations.location_id = location_names.location_id
     order by locations.name, location_names.name`,
  );
  return { keyFingerprint: fingerprint, cafes };
}
