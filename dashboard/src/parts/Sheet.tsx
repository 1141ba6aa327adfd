import { type ReactNode, useEffect, useRef } from "preact/compat";
import { Cross } from "./icons.tsx";

interface SheetProps {
  title: string;
  open: boolean;
  onClose: () => void;
  /** From the bottom of a phone, or in the middle of a desk. */
  place?: "bottom" | "middle";
  children: ReactNode;
}

/** A modal sheet. The browser keeps the focus in it and gives it back; Escape and a click beside it close it. */
export function Sheet({ title, open, onClose, place = "bottom", children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it by itself
    <dialog
      ref={dialog}
      className={`sheet ${place}`}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {open && (
        <div className="sheet-body">
          <header>
            <h2>{title}</h2>
            <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
              <Cross />
            </button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
