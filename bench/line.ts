/** One line of the bench table. */
export interface Line {
  what: string;
  seconds: number;
  /** How many times the floor, where that is what counts. */
  timesFloor?: number;
  peakMegabytes?: number | null;
  target: string;
  met: boolean;
  note?: string;
}
