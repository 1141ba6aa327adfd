import { useState } from "preact/compat";
import { Sheet } from "../parts/Sheet.tsx";
import { Command } from "./Command.tsx";

/** From the sample to one's own tills. */
export function OwnFiles() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Use your own files
      </button>
      <Sheet title="Use your own files" place="middle" open={open} onClose={() => setOpen(false)}>
        <p>
          Put the files your tills write into one folder, here called <code>tills</code>. Then start Infinity on that
          folder, with a home of its own, so that the sample stays apart:
        </p>
        <p className="sheet-command">
          <Command text="npx infinity serve --home .infinity-own --source ./tills" />
        </p>
        <p className="quiet">
          What a file must look like: <code>npx infinity formats list</code>
        </p>
      </Sheet>
    </>
  );
}
