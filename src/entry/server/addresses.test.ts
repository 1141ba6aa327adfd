import { expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { originsOf } from "./addresses.ts";

test("on loopback the browser of this machine may use its usual names", () => {
  expect(originsOf({ host: "127.0.0.1" }, 4000)).toEqual(["http://localhost:4000", "http://127.0.0.1:4000"]);
  expect(originsOf({ host: "::1" }, 4000)).toContain("http://[::1]:4000");
  expect(originsOf({ host: "localhost" }, 80)[0]).toBe("http://localhost");
});

test("a public address is the only one", () => {
  const settings = { host: "0.0.0.0", publicUrl: "https://infinity.example/" };
  expect(originsOf(settings, 4000)).toEqual(["https://infinity.example"]);
});

test.each(["0.0.0.0", "192.168.1.7", "cafe.example"])("serving on %s needs a public address", (host) => {
  expect(() => originsOf({ host }, 4000)).toThrow(SettingError);
});
