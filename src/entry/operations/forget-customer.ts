import { type ForgetOrder, forget } from "#pipeline/forget.ts";
import type { Home } from "../home/open-home.ts";
import { removeOtherWarehouses } from "../home/warehouse-files.ts";

/** What became of a request to be forgotten: the same words whether the person was known or not. */
export interface Forgotten {
  /** Receipts that no longer say who bought them. They stay, as the café's sales. */
  receipts: number;
}

/**
 * Forgets a customer everywhere in the home.
 *
 * @throws SettingError when a key or the suppression list was lost
 */
export async function forgetCustomer(home: Home, order: ForgetOrder): Promise<Forgotten> {
  const removeCopies = () => removeOtherWarehouses(home.folder);
  return { receipts: await forget({ ...home, removeCopies, now: () => new Date() }, order) };
}
