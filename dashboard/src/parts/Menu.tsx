import { type ReactNode, useEffect, useRef, useState } from "preact/compat";
import { Chevron } from "./icons.tsx";

interface MenuProps {
  /** What the control is about; read before its value. */
  label: string;
  /** What is chosen now. */
  value: ReactNode;
  /** Looks like a filter, or like a link at the end of the bar. */
  look?: "filter" | "link";
  /** Which edge of the control the panel lines up with. */
  align?: "start" | "end";
  shortcut?: string;
  children: (close: () => void) => ReactNode;
}

/** A control that opens a panel under it. Escape and a click elsewhere close it; arrow keys walk through its choices. */
export function Menu({ label, value, look = "filter", align = "start", shortcut, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!open) return;
    const choices = root.current?.querySelector<HTMLElement>(".panel [aria-pressed=true], .panel input, .panel button");
    choices?.focus();
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      close();
    }
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) moveFocus(event);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the controls inside
    <div
      className={`menu menu-${look}`}
      ref={root}
      onKeyDown={keys}
      onBlur={(event) => {
        if (event.relatedTarget && !root.current?.contains(event.relatedTarget as Node)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className={look === "filter" ? "filter" : "link"}
        aria-expanded={open}
        aria-haspopup="dialog"
        data-shortcut={shortcut}
        onClick={() => setOpen(!open)}
      >
        {look === "filter" ? (
          <>
            <span className="filter-name">{label}</span> <span className="filter-value">{value}</span>
            <Chevron />
          </>
        ) : (
          value
        )}
      </button>
      {open && (
        <div className={`panel ${align}`} role="dialog" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

function moveFocus(event: KeyboardEvent) {
  const panel = (event.currentTarget as HTMLElement).querySelector(".panel");
  if (!panel || (event.target instanceof HTMLInputElement && event.target.type === "date")) return;
  const places = [...panel.querySelectorAll<HTMLElement>("button:not(:disabled), input, a[href]")];
  const at = places.indexOf(document.activeElement as HTMLElement);
  event.preventDefault();
  places.at((at + (event.key === "ArrowDown" ? 1 : -1) + places.length) % places.length)?.focus();
}
