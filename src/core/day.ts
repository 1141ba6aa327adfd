import { z } from "zod";

/**
 * A day that the calendar has, written `YYYY-MM-DD`: whoever takes one from outside checks it by this. A pattern of digits would let
 * 30 February through to the warehouse, which fails on it, or to sums of dates, which move it into March.
 */
export const day = z.iso.date("a date such as 2026-03-03");
