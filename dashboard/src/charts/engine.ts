import type { LineSeriesOption, ScatterSeriesOption } from "echarts/charts";
import { LineChart, ScatterChart } from "echarts/charts";
import type { GridComponentOption } from "echarts/components";
import { GridSimpleComponent } from "echarts/components";
import type { ComposeOption, EChartsType } from "echarts/core";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { theme } from "./theme.ts";

// All of ECharts that the charts are made of. A part more is kB more on every page that draws: see test/browser/budget.test.ts.
use([LineChart, ScatterChart, GridSimpleComponent, SVGRenderer]);

/** What a drawing may consist of. */
export type DrawingOption = ComposeOption<LineSeriesOption | ScatterSeriesOption | GridComponentOption>;

/** Begins a drawing in our theme, in the font of the page. */
export function begin(element: HTMLElement, width: number, height: number): EChartsType {
  const { fontFamily } = getComputedStyle(element);
  const ours = { ...theme, textStyle: { ...theme.textStyle, fontFamily } };
  const chart = init(element, ours, { renderer: "svg", width, height });
  // A label may reach over the edge, as a halo does.
  for (const part of element.querySelectorAll<HTMLElement | SVGElement>("div, svg")) part.style.overflow = "visible";
  return chart;
}
