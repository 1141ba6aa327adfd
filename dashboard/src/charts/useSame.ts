import { useRef } from "preact/compat";

/** The object of the last time as long as it says the same, so that nothing is drawn again for a new copy of it. */
export function useSame<Value>(value: Value): Value {
  const kept = useRef({ value, text: "" });
  const text = JSON.stringify(value);
  if (text !== kept.current.text) kept.current = { value, text };
  return kept.current.value;
}
