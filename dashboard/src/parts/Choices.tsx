import type { ReactNode } from "react";
import { Tick } from "./icons.tsx";

interface Choice<Value extends string> {
  value: Value;
  name: ReactNode;
  /** A few words more, lighter. */
  detail?: ReactNode;
}

interface ChoicesProps<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  chosen: Value;
  onChoose: (value: Value) => void;
}

/** One of several, each a row; a tick marks the chosen one. */
export function Choices<Value extends string>({ label, choices, chosen, onChoose }: ChoicesProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields, these are buttons
    <div className="choices" role="group" aria-label={label}>
      {choices.map(({ value, name, detail }) => (
        <button
          key={value}
          type="button"
          className="choice"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
        >
          <span>
            {name}
            {detail && <small>{detail}</small>}
          </span>
          {value === chosen && <Tick className="chosen" />}
        </button>
      ))}
    </div>
  );
}
