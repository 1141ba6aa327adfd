import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "preact/compat";
import { keepFilters } from "../filters/search.ts";
import { ArrowKeys } from "../parts/icons.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { pages } from "./Navigation.tsx";
import { setTheme, themes } from "./theme.ts";

const OPEN = "infinity:shortcuts";
const OFF = "shortcuts-off";

/** Shows the list of shortcuts. */
export function openShortcuts(): void {
  window.dispatchEvent(new Event(OPEN));
}

/** Drawn, since neither our font nor every browser has these arrows. */
const arrows = (
  <>
    <ArrowKeys />
    <span className="unseen">Left and right arrow</span>
  </>
);

const listed: readonly (readonly [key: ReactNode, does: string])[] = [
  ...pages.map(({ key, name }) => [key.toUpperCase(), name] as const),
  ["F", "Choose the period"],
  ["/", "Find a café in the league"],
  ["T", "Next theme: light, dark, system"],
  ["?", "This list"],
  [arrows, "Walk through a chart that has the focus"],
  ["Enter", "Open what has the focus"],
  ["Esc", "Close"],
];

/** Single keys that save a reach for the mouse. They can be switched off, since dictation software types them. */
export function Shortcuts() {
  const [open, setOpen] = useState(false);
  const [off, setOff] = useState(() => stored() === "yes");
  // What the listener goes by: the next key may come before the page is drawn again.
  const isOff = useRef(off);
  const navigate = useNavigate();

  useEffect(() => {
    const show = () => setOpen(true);
    const keys = (event: KeyboardEvent) => {
      if (isOff.current || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const page = pages.find(({ key }) => key === event.key.toLowerCase());
      if (event.key === "?") setOpen(true);
      else if (document.querySelector("dialog[open]")) return;
      else if (page) void navigate({ to: page.to, search: keepFilters });
      else if (event.key === "t") nextTheme();
      else if (!focusOn(event.key)) return;
      event.preventDefault();
    };
    window.addEventListener(OPEN, show);
    window.addEventListener("keydown", keys);
    return () => {
      window.removeEventListener(OPEN, show);
      window.removeEventListener("keydown", keys);
    };
  }, [navigate]);

  const toggle = () => {
    isOff.current = !off;
    store(off ? "no" : "yes");
    setOff(!off);
  };
  return (
    <Sheet title="Keyboard shortcuts" place="middle" open={open} onClose={() => setOpen(false)}>
      <dl className="shortcuts">
        {listed.map(([key, does]) => (
          <div key={does}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="check">
        <input type="checkbox" checked={!off} onChange={toggle} /> Shortcuts of a single key are on
      </label>
    </Sheet>
  );
}

/** Whatever on the page says it answers to this key. */
function focusOn(key: string): boolean {
  const element = [...document.querySelectorAll<HTMLElement>("[data-shortcut]")].find(
    ({ dataset, offsetParent }) => dataset.shortcut === key && offsetParent,
  );
  element?.focus();
  if (element instanceof HTMLButtonElement) element.click();
  return Boolean(element);
}

function nextTheme(): void {
  const now = document.documentElement.dataset.theme ?? "system";
  setTheme(themes[(themes.indexOf(now as (typeof themes)[number]) + 1) % themes.length] ?? "system");
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function stored(): string | null {
  try {
    return localStorage.getItem(OFF);
  } catch {
    return null;
  }
}

function store(value: string): void {
  try {
    localStorage.setItem(OFF, value);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}
