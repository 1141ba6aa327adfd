import { useSyncExternalStore } from "preact/compat";

let printing = false;

/** Whether the page is being put on paper, where nothing can be opened: all of it is drawn for that moment. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const begin = () => {
        printing = true;
        listener();
      };
      const end = () => {
        printing = false;
        listener();
      };
      addEventListener("beforeprint", begin);
      addEventListener("afterprint", end);
      return () => {
        removeEventListener("beforeprint", begin);
        removeEventListener("afterprint", end);
      };
    },
    () => printing,
  );
}
