import { latte, shapes } from "../till-fixtures.ts";

/** A few days of deliveries as they come: in each round, files by their key. */
export const history: readonly (readonly (readonly [key: string, content: string])[])[] = [
  [
    ["2026/03/02/Leeds.csv", shapes.list([latte("Leeds", "2026-03-02 09:00"), latte("Leeds", "2026-03-02 10:00")])],
    ["2026/03/02/Longridge.csv", shapes.triples([latte("Longridge", "2026-03-02 09:30")])],
    ["2026/03/02/Uppingham.csv", shapes.listWithHeader([latte("Uppingham", "2026-03-02 11:00")])],
    ["2026/03/02/Aberdeen & Co (2).csv", shapes.list([latte("Aberdeen", "2026-03-02 12:00")])],
    ["2026/03/02/Broken.csv", "nothing,that,any\ntill,would,write\n"],
  ],
  [
    // A correction, the same bytes under another name, another day, and an empty file.
    ["2026/03/02/Leeds.csv", shapes.list([latte("Leeds", "2026-03-02 09:00"), latte("Leeds", "2026-03-02 10:05")])],
    ["2026/03/02/again/Longridge.csv", shapes.triples([latte("Longridge", "2026-03-02 09:30")])],
    ["2026/03/03/Leeds.csv", shapes.list([latte("Leeds", "2026-03-03 09:00"), latte("Leeds", "2026-03-03 17:00")])],
    ["2026/03/03/Uppingham.csv", ""],
  ],
];
