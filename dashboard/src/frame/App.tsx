import { Outlet } from "@tanstack/react-router";
import { ProblemError } from "../data/api.ts";
import { SessionProvider, useSessionQuery } from "../data/session.tsx";
import { Wording } from "../parts/Wording.tsx";
import { Alone } from "./Alone.tsx";
import { Shortcuts } from "./Shortcuts.tsx";
import { SignIn } from "./SignIn.tsx";

/** Everything: asks who is looking, then shows the page of the address. */
export function App() {
  const session = useSessionQuery();
  const problem = session.error instanceof ProblemError ? session.error.problem : undefined;
  if (problem?.status === 401) return <SignIn />;
  if (session.data) {
    return (
      <SessionProvider value={session.data}>
        <Outlet />
        <Shortcuts />
      </SessionProvider>
    );
  }
  if (problem) {
    return (
      <Alone headline={problem.title}>
        <p className="deck">
          <Wording text={problem.next} />
        </p>
        <button type="button" className="button" onClick={() => void session.refetch()}>
          Try again
        </button>
        {problem.id && <p className="quiet">Error {problem.id}</p>}
      </Alone>
    );
  }
  return <main className="alone waiting" aria-busy="true" aria-label="Infinity is opening" />;
}
