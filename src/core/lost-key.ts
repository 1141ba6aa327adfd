import { SettingError } from "./errors.ts";

/**
 * The keys at hand are not those that numbered the customers somewhere. Going on would make every customer a stranger.
 *
 * @param where what was numbered with other keys, such as "the warehouse"
 */
export function lostKey(where: string): SettingError {
  return new SettingError(
    `The customers in ${where} were numbered with other keys than the ones in the folder keys: one was lost or exchanged.`,
    "Put customers.key (and customers.2.key and so on, after rotations) back from a backup. With new keys, every customer would be a stranger.",
  );
}
