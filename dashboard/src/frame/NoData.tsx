import { useSession } from "../data/session.tsx";
import { inLondon, shortDay } from "../format/date.ts";
import { Command } from "./Command.tsx";
import { PageHead } from "./PageHead.tsx";

/** The page before the first file has been loaded. */
export function NoData() {
  const { running, nextRunAt, schedule } = useSession();
  const next = nextRunAt ? inLondon(nextRunAt) : null;
  return (
    <>
      <PageHead
        short
        kicker="Infinity"
        headline={running ? "The first files are being loaded" : "No sales have been loaded yet"}
        deck={
          running
            ? "This page fills by itself when the run is done."
            : "The figures appear here as soon as the first file from a till has been loaded."
        }
      />
      {!running && (
        <section className="plain-section">
          <h2>What to do</h2>
          <p className="body-text">
            Load the files that your tills write, from the folder they write them to, here called <code>tills</code>:
          </p>
          <p className="sheet-command">
            <Command text="npx infinity run --source ./tills" />
          </p>
          <p className="quiet">
            {next
              ? `Otherwise the next run is on ${shortDay(next.day, next.day)} at ${next.time.slice(0, 5)}${schedule ? ` (${schedule})` : ""}.`
              : "No run is scheduled on this machine."}
          </p>
        </section>
      )}
    </>
  );
}
