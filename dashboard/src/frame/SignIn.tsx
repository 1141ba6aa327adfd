import { useEffect } from "preact/compat";
import { Logo } from "../parts/icons.tsx";
import { Command } from "./Command.tsx";

/** What somebody sees who is not signed in: there is no password to type, only a link to fetch. */
export function SignIn() {
  useEffect(() => {
    document.title = "Sign in · Infinity";
  }, []);
  return (
    <main className="alone" id="main">
      <p className="brand">
        <Logo /> Infinity
      </p>
      <h1>Open a fresh link to sign in</h1>
      <p className="deck">
        Each link works once, and a session ends after a while. On the machine that runs Infinity, in its folder, ask
        for a new one and open the address it prints:
      </p>
      <Command text="npx infinity link" />
      <p className="quiet">No access to that machine? Ask whoever runs it to send you a link.</p>
    </main>
  );
}
