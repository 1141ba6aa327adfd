import { useSyncExternalStore } from "preact/compat";

const query = matchMedia("(max-width: 767px)");

/** Whether the window is a phone's. Only for what is built differently there; what merely looks different is CSS. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => query.matches,
  );
}
