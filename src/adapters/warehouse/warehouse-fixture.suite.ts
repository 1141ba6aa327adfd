import type { StagedTable, Statement, Warehouse } from "#core/ports/warehouse.ts";

/** An empty warehouse under test. */
export interface WarehouseFixture {
  /** Opens it; what an earlier opening left is still there. One at a time. */
  open(): Promise<Warehouse>;
  /** A Parquet file with the rows of this SELECT, where the warehouse may read it. */
  stage(table: string, select: string): Promise<StagedTable>;
  /** A path at which staged files may lie, with nothing there. */
  place(name: string): string;
  dispose(): Promise<void>;
}

/** A statement that leaves a row. */
export const insertLocation: Statement = {
  sql: "insert into locations (location_id, name, region, placed) values ($id, $name, 'Scotland', true)",
  params: { id: 1, name: "Aberdeen" },
};

/** A warehouse under test as it is open now, which a test may change, with what else its fixture offers. */
export interface UnderTest {
  readonly warehouse: Warehouse;
  readonly fixture: WarehouseFixture;
}

/** The cafés in it. */
export async function namesIn({ warehouse }: Pick<UnderTest, "warehouse">): Promise<string[]> {
  return (await warehouse.query<{ name: string }>("select name from locations")).map(({ name }) => name);
}
