import { useState } from "preact/compat";
import { useSession } from "../data/session.tsx";
import { count } from "../format/number.ts";
import { firstOf, plural } from "../format/words.ts";
import { Choices } from "../parts/Choices.tsx";
import { Menu } from "../parts/Menu.tsx";
import { useLookAhead, useSetSearch } from "./changing.ts";
import { useView } from "./view.ts";

/** The region, as a control of the filter bar. */
export function RegionFilter() {
  const { region } = useView();
  const { regions } = useSession();
  return (
    <Menu label="Region" value={region ?? `All ${regions.length}`}>
      {(close) => <RegionChoices onDone={close} />}
    </Menu>
  );
}

export function RegionChoices({ onDone }: { onDone: () => void }) {
  const { region } = useView();
  const { regions, cafes } = useSession();
  const setSearch = useSetSearch();
  const lookAhead = useLookAhead();
  const inRegion = (region: string) => ({ region: region || undefined, cafe: undefined });
  const choices = [
    { value: "", name: "All regions", detail: `${count(cafes.length)} ${plural(cafes.length, "café")}` },
    ...regions.map((one) => ({
      value: one.region,
      name: one.region,
      detail: `${count(one.cafes)} ${plural(one.cafes, "café")}`,
    })),
  ];
  return (
    <Choices
      label="Region"
      choices={choices}
      chosen={region ?? ""}
      onChoose={(next) => {
        setSearch(inRegion(next));
        onDone();
      }}
      onConsider={(next) => lookAhead(inRegion(next))}
    />
  );
}

/** The cafés, as a control of the filter bar. */
export function CafeFilter() {
  const { cafes, openCafes } = useView();
  const chosen = cafes.map(({ name }) => name);
  return (
    <Menu label="Cafés" value={chosen.length > 0 ? firstOf(chosen, 2) : `All ${count(openCafes.length)}`}>
      {() => <CafeChoices />}
    </Menu>
  );
}

/** Finds cafés by name; several may be ticked. */
export function CafeChoices() {
  const { cafes: chosen, region } = useView();
  const { cafes } = useSession();
  const setSearch = useSetSearch();
  const [text, setText] = useState("");
  const ids = chosen.map(({ cafeId }) => cafeId);
  const wanted = text.trim().toLowerCase();
  const found = cafes.filter(
    (cafe) => (!region || cafe.region === region) && `${cafe.name} ${cafe.region}`.toLowerCase().includes(wanted),
  );
  const toggle = (cafeId: number) => {
    const next = ids.includes(cafeId) ? ids.filter((id) => id !== cafeId) : [...ids, cafeId];
    setSearch({ cafe: next.length > 0 ? next.join() : undefined });
  };
  return (
    <div className="cafe-choices">
      <input
        type="search"
        className="field"
        placeholder="Find a café"
        aria-label="Find a café"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <ul className="cafe-list">
        {found.map((cafe) => (
          <li key={cafe.cafeId}>
            <label>
              <input type="checkbox" checked={ids.includes(cafe.cafeId)} onChange={() => toggle(cafe.cafeId)} />
              <span>{cafe.name}</span>
              <small>{cafe.region}</small>
            </label>
          </li>
        ))}
        {found.length === 0 && <li className="none">No café is called that{region ? ` in ${region}` : ""}.</li>}
      </ul>
      <button type="button" className="link" disabled={ids.length === 0} onClick={() => setSearch({ cafe: undefined })}>
        All cafés
      </button>
    </div>
  );
}
