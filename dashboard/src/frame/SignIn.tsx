import { Alone } from "./Alone.tsx";
import { Command } from "./Command.tsx";

/** What somebody sees who is not signed in: there is no password to type, only a link to fetch. */
export function SignIn() {
  return (
    <Alone title="Sign in" headline="Open a fresh link to sign in">
      <p className="deck">
        Each link works once, and a session ends after a while. On the machine that runs Infinity, in its folder, ask
        for a new one and open the address it prints:
      </p>
      <Command text="npx infinity link" />
      <p className="quiet">No access to that machine? Ask whoever runs it to send you a link.</p>
    </Alone>
  );
}
