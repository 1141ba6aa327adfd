import { useEffect, useRef } from "preact/compat";

/** Milliseconds on a choice that make it more than passed over. */
const REST_MS = 60;

/** Something that may be chosen next: told once it has been rested on for a moment, and of several in a row only the last. */
export function useRest(): { on(tell: () => void): void; leave(): void } {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leave = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    on(tell) {
      leave();
      timer.current = setTimeout(tell, REST_MS);
    },
    leave,
  };
}
