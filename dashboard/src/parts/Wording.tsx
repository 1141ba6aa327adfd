import { Fragment } from "preact/compat";

/** A sentence of the server's, which puts what is to be typed between backticks, as a terminal shows it. */
export function Wording({ text }: { text: string }) {
  return (
    <>
      {text
        .split("`")
        .map((part, index) =>
          index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
        )}
    </>
  );
}
