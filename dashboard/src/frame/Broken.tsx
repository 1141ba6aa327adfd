import { Alone } from "./Alone.tsx";

/** In place of a page that failed to be drawn. Needs nothing that may have failed with it. */
export function Broken() {
  return (
    <Alone title="Not drawn" headline="This page could not be drawn">
      <p className="deck">
        Your figures are safe: it went wrong in the browser. Load the page again, or go back to the brief.
      </p>
      <button type="button" className="button" onClick={() => location.reload()}>
        Load it again
      </button>
      <p>
        <a href="/" className="link">
          Go to today’s brief
        </a>
      </p>
    </Alone>
  );
}
