import { useEffect } from "preact/compat";
import { Logo } from "../parts/icons.tsx";

/** In place of a page that failed to be drawn. Needs nothing that may have failed with it: no session, no view, no router. */
export function Broken() {
  useEffect(() => {
    document.title = "Not drawn · Infinity";
  }, []);
  return (
    <main className="alone" id="main">
      <p className="brand">
        <Logo /> Infinity
      </p>
      <h1>This page could not be drawn</h1>
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
    </main>
  );
}
