import { type FormEvent, useState } from "preact/compat";
import { Choices } from "../parts/Choices.tsx";
import { Menu } from "../parts/Menu.tsx";
import { useRest } from "../parts/rest.ts";
import { useLookAhead, useSetSearch } from "./changing.ts";
import { type Preset, periodPhrase, presetDays, presetName, presetsOf } from "./period.ts";
import type { Search } from "./search.ts";
import { useView } from "./view.ts";

/** The period as a control of the filter bar. */
export function PeriodFilter() {
  const { period, dates, today } = useView();
  return (
    <Menu label="Period" value={periodPhrase(period, dates, today)} shortcut="f">
      {(close) => <PeriodChoices onDone={close} />}
    </Menu>
  );
}

/** The named periods, and dates of one's own. */
export function PeriodChoices({ onDone }: { onDone: () => void }) {
  const { period, dates, today } = useView();
  const setSearch = useSetSearch();
  const lookAhead = useLookAhead();
  const [choosing, setChoosing] = useState(period.preset === "custom");
  const choices = presetsOf(dates).map((preset) => ({
    value: preset,
    name: presetName(preset, dates, today),
    detail: preset === "custom" ? "any days with data" : presetDays(preset, dates, today),
  }));
  const choose = (preset: Preset) => {
    setChoosing(preset === "custom");
    if (preset === "custom") return;
    setSearch({ period: preset });
    onDone();
  };
  return (
    <>
      <Choices
        label="Period"
        choices={choices}
        chosen={choosing ? "custom" : period.preset}
        onChoose={choose}
        onConsider={(preset) => preset !== "custom" && lookAhead({ period: preset })}
      />
      {choosing && <CustomDays onDone={onDone} />}
    </>
  );
}

function CustomDays({ onDone }: { onDone: () => void }) {
  const { period, dates } = useView();
  const setSearch = useSetSearch();
  const lookAhead = useLookAhead();
  const chosenIn = (form: HTMLFormElement): Search => {
    const fields = new FormData(form);
    return { period: "custom", from: String(fields.get("from")), to: String(fields.get("to")) };
  };
  const rest = useRest();
  const consider = ({ currentTarget: form }: FormEvent<HTMLFormElement>) => {
    // While a year is being typed the date is complete and wrong.
    rest.on(() => form.checkValidity() && lookAhead(chosenIn(form)));
  };
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSearch(chosenIn(event.currentTarget));
    onDone();
  };
  return (
    <form className="custom-days" onChange={consider} onSubmit={show}>
      <label>
        First day
        <input type="date" name="from" required min={dates.first} max={dates.last} defaultValue={period.from} />
      </label>
      <label>
        Last day
        <input type="date" name="to" required min={dates.first} max={dates.last} defaultValue={period.to} />
      </label>
      <button type="submit" className="button">
        Show these days
      </button>
    </form>
  );
}
