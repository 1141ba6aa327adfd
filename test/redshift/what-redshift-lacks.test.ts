import { init, parse } from "@guanmingchiu/sqlparser-ts";
import { expect, test } from "vitest";
import { lackedBy, lacks } from "./what-redshift-lacks.ts";

test.each(lacks)("$what is noticed", ({ what, example }) => {
  expect(lackedBy(example)).toContain(what);
});

test("what is only text is not noticed", () => {
  expect(lackedBy("select 'on conflict, returning' as note from t")).toEqual([]);
});

test("the grammar knows Redshift's own statements, and not what nobody has", async () => {
  await init();
  for (const sql of [
    "lock load_locks",
    "copy t from 's3://bucket/x.manifest' iam_role 'arn:aws:iam::123456789012:role/copy' format as parquet manifest",
    "unload ('select * from t') to 's3://bucket/x/' iam_role 'arn:aws:iam::123456789012:role/copy' format as parquet parallel off",
    "delete from t using u where u.id = t.id",
    "update t set a = u.a from u where u.id = t.id",
    "select :s1_name as name",
  ]) {
    expect(() => parse(sql, "redshift"), sql).not.toThrow();
  }
  for (const sql of [
    "selec 1",
    "select 1 from t where",
    "insert into t (a values (1)",
    "create temp table t as as select 1",
  ]) {
    expect(() => parse(sql, "redshift"), sql).toThrow();
  }
});
