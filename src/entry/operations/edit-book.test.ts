import { describe, expect, test } from "vitest";
import { type CafeBook, cafeBook } from "#core/cafes/cafe-book.ts";
import { RefusedError } from "#core/errors.ts";
import type { CafeChange } from "./cafe-changes.ts";
import { editBook } from "./edit-book.ts";

const bookAfter = (book: Parameters<typeof cafeBook.parse>[0], ...changes: CafeChange[]): CafeBook["cafes"] =>
  changes.reduce((before, change) => editBook(before, change).book, cafeBook.parse(book)).cafes;

describe("editing what is known of cafés", () => {
  test("a café that is renamed keeps every name it had", () => {
    const cafes = bookAfter(
      {},
      { change: "rename", cafe: "Leeds", name: "Leeds Headrow" },
      { change: "rename", cafe: "Leeds Headrow", name: "Leeds Lights" },
    );
    expect(cafes).toEqual({ Leeds: { name: "Leeds Lights", aliases: ["Leeds Headrow"] } });
  });

  test("a café that gets its till's name back has no other", () => {
    const cafes = bookAfter(
      { cafes: { Leeds: { name: "Headrow" } } },
      { change: "rename", cafe: "Headrow", name: "Leeds" },
    );
    expect(cafes).toEqual({ Leeds: { aliases: ["Headrow"] } });
  });

  test("a rename that is taken back says that the name stays, and the name can be parted", () => {
    const there = editBook(cafeBook.parse({}), { change: "rename", cafe: "Bath", name: "Leeds" });
    expect(there.said).toBe("Bath is called Leeds now.");
    const back = editBook(there.book, { change: "rename", cafe: "Leeds", name: "Bath" });
    expect(back.said).toMatch(/"Leeds" stays another name of it, until `infinity cafes unmerge "Leeds"`/);
    expect(editBook(back.book, { change: "unmerge", name: "Leeds" }).book.cafes).toEqual({});
  });

  test("the name by which a café is called can be parted from it", () => {
    const { book, said } = editBook(cafeBook.parse({ cafes: { Bath: { name: "Ely", aliases: ["Eli"] } } }), {
      change: "unmerge",
      name: "Ely",
    });
    expect(book.cafes).toEqual({ Bath: { aliases: ["Eli"] } });
    expect(said).toMatch(/^Ely is called Bath again\. "Ely" will be a café of its own/);
  });

  test("a merge takes along all names, and what only the one that goes knew", () => {
    const cafes = bookAfter(
      {
        cafes: {
          Leds: { name: "Leads", aliases: ["Lds"], openedOn: "2024-01-01", closedOn: "2026-01-01" },
          Leeds: { name: "Leeds Headrow", closedOn: "2027-01-01" },
        },
      },
      { change: "merge", from: "Leads", into: "Leeds" },
    );
    expect(cafes).toEqual({
      Leeds: {
        name: "Leeds Headrow",
        aliases: ["Leds", "Leads", "Lds"],
        openedOn: "2024-01-01",
        closedOn: "2027-01-01",
      },
    });
  });

  test("a new owner ends the time of the one before", () => {
    const cafes = bookAfter(
      {},
      { change: "own", cafe: "Leeds", owner: "Ann Example Ltd", from: "2025-01-01" },
      { change: "own", cafe: "Leeds", owner: "Pat Sample", from: "2026-01-01" },
    );
    expect(cafes.Leeds?.owners).toEqual([
      { owner: "Ann Example Ltd", from: "2025-01-01", to: "2025-12-31" },
      { owner: "Pat Sample", from: "2026-01-01" },
    ]);
    const left = bookAfter({ cafes }, { change: "disown", cafe: "Leeds", owner: "Pat Sample", from: "2026-01-01" });
    expect(left.Leeds?.owners).toHaveLength(1);
  });

  test("an owner without an end has it until the next one, whichever is said first, and again is said over", () => {
    const own = (owner: string, from: string): CafeChange => ({ change: "own", cafe: "Leeds", owner, from });
    const owners = [
      { owner: "Ann", from: "2025-01-01", to: "2025-12-31" },
      { owner: "Pat", from: "2026-01-01" },
    ];
    const [ann, pat] = [own("Ann", "2025-01-01"), own("Pat", "2026-01-01")];
    for (const changes of [
      [ann, pat],
      [pat, ann],
      [ann, ann, pat, pat, ann],
    ]) {
      expect(bookAfter({}, ...changes).Leeds?.owners).toEqual(owners);
    }
    expect(editBook(cafeBook.parse({ cafes: { Leeds: { owners: owners.slice(1) } } }), ann).said).toBe(
      "Ann has Leeds from 2025-01-01 to 2025-12-31.",
    );
  });

  test("an owner entered by mistake is taken back, and whoever had it before may be said to have it still", () => {
    const { book, said } = editBook(
      cafeBook.parse({
        cafes: {
          Leeds: {
            owners: [
              { owner: "Ann", from: "2025-01-01", to: "2025-12-31" },
              { owner: "Pat", from: "2026-01-01" },
            ],
          },
        },
      }),
      { change: "disown", cafe: "Leeds", owner: "Pat", from: "2026-01-01" },
    );
    expect(said).toMatch(/Ann had it until 2025-12-31; .*`infinity cafes own "Leeds" --owner "Ann" --from 2025-01-01`/);
    const still = editBook(book, { change: "own", cafe: "Leeds", owner: "Ann", from: "2025-01-01" });
    expect(still.book.cafes.Leeds?.owners).toEqual([{ owner: "Ann", from: "2025-01-01" }]);
  });

  test("a closure is taken back by any of its days, and dates by saying none", () => {
    const cafes = bookAfter(
      {
        cafes: {
          Leeds: { closures: [{ from: "2026-05-04", to: "2026-05-12", reason: "Refit" }], openedOn: "2024-01-01" },
        },
      },
      { change: "no-closure", cafe: "Leeds", from: "2026-05-06" },
      { change: "open", cafe: "Leeds" },
    );
    expect(cafes).toEqual({});
  });

  test("what is taken back of closures is said day by day", () => {
    const closures = [
      { from: "2026-12-25", reason: "Christmas Day" },
      { from: "2026-12-26", to: "2026-12-28", reason: "Refit" },
    ];
    const { said } = editBook(cafeBook.parse({ cafes: { Leeds: { closures } } }), {
      ...{ change: "no-closure", cafe: "Leeds", from: "2026-12-25", to: "2026-12-26" },
    } as CafeChange);
    expect(said).toBe("Taken back: Leeds is not closed on 2026-12-25, nor from 2026-12-26 to 2026-12-28.");
  });

  test("a place is found in the gazetteer, with its region", () => {
    const cafes = bookAfter({}, { change: "place", cafe: "Ashford", at: "Ashford, Kent" });
    expect(cafes.Ashford?.place).toMatchObject({ region: "South East", latitude: expect.closeTo(51.15, 1) });
  });

  test.each<[string, CafeChange, RegExp]>([
    ["closing before opening", { change: "close", cafe: "York", on: "2023-01-01" }, /closes after it has opened/],
    ["merging a café with itself", { change: "merge", from: "Lds", into: "Leeds" }, /one café already/],
    ["a name that is taken", { change: "rename", cafe: "York", name: "Lds" }, /means Leeds already/],
    ["parting what nobody knows", { change: "unmerge", name: "Ely" }, /not another name/],
    ["parting a café from its till's name", { change: "unmerge", name: "York" }, /what the till of York writes/],
    [
      "a latitude in the sea",
      { change: "place", cafe: "York", region: "Wales", latitude: 200, longitude: 1 },
      /49 and 61/,
    ],
    ["a place that could be several", { change: "place", cafe: "York", at: "Newport" }, /several places/],
    ["a place nobody knows", { change: "place", cafe: "York", at: "Atlantis" }, /knows no place/],
    ["half a pair of coordinates", { change: "place", cafe: "York", region: "Wales", latitude: 52 }, /come together/],
    [
      "two owners at once",
      { change: "own", cafe: "York", owner: "B", from: "2024-02-01", to: "2024-03-01" },
      /two owners have it on the same day, A from 2024-01-01 and B from 2024-02-01/,
    ],
    ["taking back no closure", { change: "no-closure", cafe: "York", from: "2026-01-01" }, /No closure/],
    ["taking back no owner", { change: "disown", cafe: "York", owner: "Z", from: "2024-01-01" }, /not entered/],
  ])("%s is refused", (_, change, message) => {
    const book = cafeBook.parse({
      cafes: {
        Leeds: { aliases: ["Lds"] },
        York: { openedOn: "2024-01-01", owners: [{ owner: "A", from: "2024-01-01", to: "2024-12-31" }] },
      },
    });
    const edit = () => editBook(book, change);
    expect(edit).toThrow(RefusedError);
    expect(edit).toThrow(message);
  });
});
