import { Link } from "@tanstack/react-router";
import { useState } from "preact/compat";
import { signOut } from "../data/api.ts";
import { useSession } from "../data/session.tsx";
import { keepFilters } from "../filters/search.ts";
import { count } from "../format/number.ts";
import { plural } from "../format/words.ts";
import { BriefSign, CafesSign, Logo, MoreSign } from "../parts/icons.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { openShortcuts } from "./Shortcuts.tsx";
import { ThemeSwitch } from "./ThemeSwitch.tsx";

/** The pages there are. A link keeps the filters. */
export const pages = [
  { to: "/", name: "Today’s brief", short: "Brief", sign: BriefSign, key: "b" },
  { to: "/regions", name: "Regions and cafés", short: "Cafés", sign: CafesSign, key: "r" },
] as const;

/** The pages, who is looking, and the theme: a column at the left, a row at the top of a narrower window. */
export function Navigation({ inside }: { inside: "regions" | "brief" | null }) {
  return (
    <header className="nav">
      <Link to="/" className="brand" search={keepFilters}>
        <Logo /> Infinity
      </Link>
      <nav aria-label="Pages">
        <ul>
          {pages.map(({ to, name }) => (
            <li key={to}>
              <Link to={to} search={keepFilters} aria-current={isCurrent(to, inside) ? "page" : undefined}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Person />
      <ThemeSwitch />
      <SignOut />
    </header>
  );
}

/** The pages within a thumb's reach, on a phone. */
export function Tabs({ inside }: { inside: "regions" | "brief" | null }) {
  const [more, setMore] = useState(false);
  return (
    <nav className="tabs" aria-label="Pages">
      {pages.map(({ to, short, sign: Sign }) => (
        <Link key={to} to={to} search={keepFilters} aria-current={isCurrent(to, inside) ? "page" : undefined}>
          <Sign />
          {short}
        </Link>
      ))}
      <button type="button" aria-haspopup="dialog" onClick={() => setMore(true)}>
        <MoreSign />
        More
      </button>
      <Sheet title="More" open={more} onClose={() => setMore(false)}>
        <Person />
        <h3>Theme</h3>
        <ThemeSwitch />
        <div className="sheet-links">
          <button
            type="button"
            className="link"
            onClick={() => {
              setMore(false);
              openShortcuts();
            }}
          >
            Keyboard shortcuts
          </button>
          <SignOut />
        </div>
      </Sheet>
    </nav>
  );
}

function isCurrent(to: string, inside: "regions" | "brief" | null): boolean {
  return to === "/" ? inside === "brief" : inside === "regions";
}

function Person() {
  const { person, scope, cafes } = useSession();
  return (
    <div className="person">
      <strong>{person.name}</strong>
      <span>
        {cafes.length === 0
          ? "No café yet"
          : `${scope.everyCafe ? "All " : ""}${count(cafes.length)} ${plural(cafes.length, "café")}`}
      </span>
    </div>
  );
}

function SignOut() {
  const leave = async () => {
    await signOut();
    location.assign("/");
  };
  return (
    <button type="button" className="link quiet sign-out" onClick={() => void leave()}>
      Sign out
    </button>
  );
}
