import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { RefusedError } from "#core/errors.ts";
import { parsePerson, readAll } from "./person-input.ts";

test("a person is a card, or a name and a café, in any order and however the lines are written", () => {
  expect(parsePerson("card: 4000 0000-0000 0002\n")).toEqual({ card: "4000 0000-0000 0002" });
  expect(parsePerson("\r\n CAFE :St Ives\r\nName:  Ann: Example \r\n")).toEqual({
    name: "Ann: Example",
    cafe: "St Ives",
  });
  expect(parsePerson("name: Zoë\ncafe\u0301: Leeds")).toEqual({ name: "Zoë", cafe: "Leeds" });
});

test.each([
  "",
  "4000000000000002",
  "card:",
  "name: Ann Example",
  "cafe: Leeds",
  "card: 4000000000000002\ncard: 4000000000000002",
  "card: 4000000000000002\nname: Ann Example",
  "card: 4000000000000002\nplease",
])("%j says nobody, and is not repeated", (text) => {
  const words = (error: unknown) => (error instanceof RefusedError ? `${error.message} ${error.next}` : "");
  let refusal = "";
  try {
    parsePerson(text);
  } catch (error) {
    refusal = words(error);
  }
  expect(refusal).toMatch(/who is to be forgotten/);
  expect(refusal).not.toMatch(/4000|Ann|Leeds|please/);
});

test("input without an end is refused", async () => {
  const endless = Readable.from(
    (function* () {
      for (;;) yield "card: ".repeat(100);
    })(),
  );
  await expect(readAll(endless)).rejects.toBeInstanceOf(RefusedError);
});
