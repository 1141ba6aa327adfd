import { Link } from "@tanstack/react-router";
import type { ReactNode } from "preact/compat";
import { Page } from "./Page.tsx";
import { PageHead } from "./PageHead.tsx";

interface NotFoundProps {
  what?: string;
  why?: string;
  /** A nearer way out than the brief. */
  way?: ReactNode;
}

/** An address that leads nowhere, to a café that this person may not see, or to a day that no data are of. */
export function NotFound({ what = "This page", why = "The link may be old, or mistyped.", way }: NotFoundProps) {
  return (
    <Page name="Not found" inside={null}>
      <PageHead kicker="Not found" headline={`${what} is not here`} deck={why} />
      <div className="plain-section ways">
        {way}
        <Link to="/" className="link">
          Go to today’s brief
        </Link>
      </div>
    </Page>
  );
}
