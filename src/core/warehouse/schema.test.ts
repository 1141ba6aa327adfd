import { expect, test } from "vitest";
import { schemaStatements, splitStatements } from "./schema.ts";

test("statements end with a semicolon at the end of a line", () => {
  expect(splitStatements("select 1;\nselect\n  2;\n")).toEqual(["select 1", "select\n  2"]);
});

test("the last statement needs no semicolon", () => {
  expect(splitStatements("select 1;\nselect 2")).toEqual(["select 1", "select 2"]);
});

test("a semicolon inside a line ends nothing", () => {
  expect(splitStatements("select 'a;b';\n")).toEqual(["select 'a;b'"]);
});

test("comments stay with their statement, and alone are no statement", () => {
  expect(splitStatements("-- Grain: one.\nselect 1; \n-- The end.\n")).toEqual(["-- Grain: one.\nselect 1"]);
  expect(splitStatements("\n;\n")).toEqual([]);
});

test("Windows line ends make no difference to where statements end", () => {
  expect(splitStatements("select 1;\r\nselect 2;\r\n")).toEqual(["select 1", "select 2"]);
});

test("a semicolon at the end of a comment line ends no statement", () => {
  expect(splitStatements("select 1 -- one;\n  + 1;\nselect 2;\n")).toHaveLength(2);
});

test("every statement of the schema creates a table that may be there already", () => {
  const statements = schemaStatements();
  expect(statements.length).toBeGreaterThan(15);
  for (const statement of statements) expect(statement).toMatch(/^create table if not exists \w+ \(/m);
});
