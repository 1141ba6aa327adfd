import { SettingError } from "./errors.ts";

/**
 * There are fewer ids on the suppression list than were put there. Going on would bring back who asked to be forgotten.
 *
 * @param listed how many are on it
 * @param known how many were, at least
 * @param countKey where the clean store says so
 */
export function lostList({ listed, known, countKey }: Record<"listed" | "known", number> & { countKey: string }) {
  return new SettingError(
    `The suppression list was lost, or an older one is in its place: ${listed} of the ${known} ids of people who asked to be forgotten are on it.`,
    "Put it back from a backup (suppression.sqlite in the home folder, or suppressed/ where records is set): without it those people would come back. " +
      `If there is no backup, remove ${countKey} from the clean store, and before anything else runs, forget everybody who asked again with \`npx infinity forget\`.`,
  );
}
