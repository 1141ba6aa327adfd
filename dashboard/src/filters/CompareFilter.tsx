import { count } from "../format/number.ts";
import { Choices } from "../parts/Choices.tsx";
import { Menu } from "../parts/Menu.tsx";
import { useLookAhead, useSetSearch } from "./changing.ts";
import type { Compare } from "./comparing.ts";
import { useView } from "./view.ts";

/** What the period is compared with, as a control of the filter bar. */
export function CompareFilter() {
  const { chosen } = useView();
  return (
    <Menu label="Compare" value={`${count(chosen.shiftDays)} days`}>
      {(close) => <CompareChoices onDone={close} />}
    </Menu>
  );
}

/** The week before, or the year before: always the same weekdays. */
export function CompareChoices({ onDone }: { onDone: () => void }) {
  const { compare, week, year } = useView();
  const setSearch = useSetSearch();
  const lookAhead = useLookAhead();
  const choices = (["week", "year"] as const).map((value) => {
    const words = value === "week" ? week : year;
    return { value, name: `${count(words.shiftDays)} days`, detail: words.days };
  });
  return (
    <Choices
      label="Compare with the same weekdays"
      choices={choices}
      chosen={compare}
      onChoose={(next: Compare) => {
        setSearch({ compare: next });
        onDone();
      }}
      onConsider={(next) => lookAhead({ compare: next })}
    />
  );
}
