import { csvFile, download, fileName } from "../parts/download.ts";
import { useExports } from "../parts/exports.tsx";
import { Menu } from "../parts/Menu.tsx";

/** Takes the whole page along: its figures as one file, or the page on paper. */
export function ExportMenu() {
  const exports = useExports();
  return (
    <Menu label="Export" value="Export" look="link" align="end">
      {(close) => (
        <div className="choices">
          <button
            type="button"
            className="choice"
            onClick={() => {
              download(fileName(document.title, "csv"), csvFile(exports.everything()));
              close();
            }}
          >
            <span>
              Every figure on this page<small>CSV, for a spreadsheet</small>
            </span>
          </button>
          <button
            type="button"
            className="choice"
            onClick={() => {
              close();
              window.print();
            }}
          >
            <span>
              The page<small>on paper, or as a PDF</small>
            </span>
          </button>
        </div>
      )}
    </Menu>
  );
}
