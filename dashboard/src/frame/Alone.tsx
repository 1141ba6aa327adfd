import { type ReactNode, useEffect } from "preact/compat";
import { Logo } from "../parts/icons.tsx";

interface AloneProps {
  /** What the window is called; as it was where nothing is said. */
  title?: string;
  headline: string;
  children: ReactNode;
}

/** A page outside the frame, for whoever has no session or no page. Needs nothing of either: no view, no router. */
export function Alone({ title, headline, children }: AloneProps) {
  useEffect(() => {
    if (title) document.title = `${title} · Infinity`;
  }, [title]);
  return (
    <main className="alone" id="main">
      <p className="brand">
        <Logo /> Infinity
      </p>
      <h1>{headline}</h1>
      {children}
    </main>
  );
}
