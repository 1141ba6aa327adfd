import { describe, expect, it } from "vitest";
import { ProblemError } from "../data/api.ts";
import { failureNote } from "./failure.ts";

const problem = { type: "/problems/internal", title: "Something went wrong", status: 500, next: "Try again." } as const;
const at = new Date("2026-03-04T09:14:20Z");

describe("what a foot says of a figure that did not come", () => {
  it("gives the number that the server's log knows it by", () => {
    expect(failureNote(new ProblemError({ ...problem, id: "7F3A-21" }), at)).toBe(
      "Error 7F3A-21, Wed 4 Mar 09:14. Head office can look it up by this number.",
    );
  });

  it("speaks of no number where no server gave one", () => {
    expect(failureNote(new ProblemError({ ...problem, id: "" }), at)).toBe("Last asked Wed 4 Mar 09:14.");
    expect(failureNote(new TypeError("undefined"), at)).toBe("Last asked Wed 4 Mar 09:14.");
  });
});
