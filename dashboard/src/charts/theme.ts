/**
 * The colours of marks: the page's tokens themselves, not copies of them. ECharts writes them into its SVG as they stand, so a
 * drawing wears the page's theme, and changes with it, without being drawn again.
 */
export const color = {
  page: "var(--page)",
  ink: "var(--ink)",
  ink2: "var(--ink-2)",
  muted: "var(--muted)",
  rule: "var(--rule)",
  control: "var(--control)",
  accent: "var(--accent)",
  comparison: "var(--series-2)",
  bar: "var(--bar)",
  none: "transparent",
} as const;

/** A mark of the scale of seven steps, and the text on it. */
export const sequence = (step: number) => ({
  fill: `var(--seq-${step})`,
  text: step < 4 ? "var(--on-light)" : "var(--on-dark)",
});

/** Text that stays legible where a line runs behind it. */
export const halo = { textBorderColor: color.page, textBorderWidth: 3 } as const;

const axis = {
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: color.muted, fontSize: 12 },
  splitLine: { show: false, lineStyle: { color: color.rule, width: 1 } },
};

/** How ECharts draws for us: no motion, no symbols, no frames; hairlines, and text of the size of a caption. */
export const theme = {
  animation: false,
  aria: { enabled: false },
  backgroundColor: color.none,
  color: [color.accent, color.comparison],
  textStyle: { color: color.muted, fontSize: 12 },
  valueAxis: axis,
  categoryAxis: axis,
  line: {
    symbol: "none",
    silent: true,
    clip: false,
    emphasis: { disabled: true },
    lineStyle: { cap: "round", join: "round" },
  },
  scatter: {
    symbol: "circle",
    silent: true,
    clip: false,
    emphasis: { disabled: true },
    progressive: 0,
    itemStyle: { opacity: 1 },
  },
};
