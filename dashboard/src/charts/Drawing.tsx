import type { EChartsType } from "echarts/core";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/compat";
import type { DrawingOption } from "./engine.ts";

type Engine = typeof import("./engine.ts");

let coming: Promise<Engine> | undefined;
let here: Engine | undefined;

/** Fetches ECharts. A page that draws for certain calls this early; what fails is tried again by the next drawing. */
export async function fetchEngine(): Promise<Engine> {
  coming ??= import("./engine.ts");
  try {
    here = await coming;
    return here;
  } catch (error) {
    coming = undefined;
    throw error;
  }
}

function useEngine(): { engine: Engine | undefined; failed: boolean } {
  const [engine, setEngine] = useState(here);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (here) return;
    let gone = false;
    fetchEngine().then(
      (fetched) => gone || setEngine(fetched),
      () => gone || setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, []);
  return { engine, failed };
}

interface DrawingProps {
  /** What is drawn. The same object as long as nothing of it changes: each other one is drawn anew. */
  option: DrawingOption;
  width: number;
  height: number;
}

/**
 * The marks of a chart, drawn by ECharts: the only place that begins, changes, resizes and ends one. Nothing in it can be
 * pointed at or read aloud; that is the part of the chart around it.
 */
export function Drawing({ option, width, height }: DrawingProps) {
  const { engine, failed } = useEngine();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);

  useLayoutEffect(() => {
    if (!engine || !box.current) return;
    const begun = engine.begin(box.current, width, height);
    chart.current = begun;
    return () => {
      begun.dispose();
      chart.current = null;
    };
    // A size that changes later is the next effect's.
  }, [engine]);

  useLayoutEffect(() => {
    if (!engine || !chart.current) return;
    if (chart.current.getWidth() !== width || chart.current.getHeight() !== height) {
      chart.current.resize({ width, height, silent: true });
    }
    chart.current.setOption(option, { replaceMerge: "series", silent: true });
  }, [engine, option, width, height]);

  if (failed) {
    return (
      <div className="drawing nothing" style={{ height }}>
        The chart could not be loaded. Its table has the same figures.
      </div>
    );
  }
  return (
    <div
      ref={box}
      className={engine ? "drawing" : "drawing skeleton"}
      style={{ height }}
      aria-hidden="true"
      aria-busy={!engine || undefined}
    />
  );
}
