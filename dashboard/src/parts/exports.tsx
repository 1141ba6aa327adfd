import { createContext, type ReactNode, useContext, useMemo } from "preact/compat";
import { csvOf, type TableOf } from "./table.ts";

interface Exports {
  /** Makes a table part of the page's export for as long as it is shown. Returns how to take it out again. */
  offer(name: string, table: TableOf): () => void;
  /** Every table of the page in one text, each under its name. */
  everything(): string;
}

const ExportsContext = createContext<Exports>({ offer: () => () => {}, everything: () => "" });

/** Collects what the sections below can export. */
export function ExportsProvider({ children }: { children: ReactNode }) {
  const exports = useMemo<Exports>(() => {
    const tables = new Map<string, TableOf>();
    return {
      offer(name, table) {
        tables.set(name, table);
        return () => tables.delete(name);
      },
      everything: () => [...tables].map(([name, table]) => `${name}\r\n${csvOf(table)}`).join("\r\n"),
    };
  }, []);
  return <ExportsContext.Provider value={exports}>{children}</ExportsContext.Provider>;
}

export const useExports = (): Exports => useContext(ExportsContext);
