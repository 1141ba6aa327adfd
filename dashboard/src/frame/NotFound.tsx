import { Link } from "@tanstack/react-router";
import { Page } from "./Page.tsx";
import { PageHead } from "./PageHead.tsx";

/** An address that leads nowhere, or to a café that this person may not see. */
export function NotFound({ what = "This page" }: { what?: string }) {
  return (
    <Page name="Not found" inside={null}>
      <PageHead kicker="Not found" headline={`${what} is not here`} deck="The link may be old, or mistyped." />
      <p className="plain-section">
        <Link to="/" className="link">
          Go to today’s brief
        </Link>
      </p>
    </Page>
  );
}
