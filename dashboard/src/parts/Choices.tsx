import type { ReactNode } from "preact/compat";
import { Tick } from "./icons.tsx";
import { useRest } from "./rest.ts";

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
  /** The pointer or the keyboard rests on a choice: it may be chosen next. */
  onConsider?: (value: Value) => void;
}

/** One of several, each a row; a tick marks the chosen one. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { label, choices, chosen, onChoose, onConsider } = props;
  const rest = useRest();
  const enter = (value: Value) => {
    if (onConsider && value !== chosen) rest.on(() => onConsider(value));
  };
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
          onPointerEnter={() => enter(value)}
          onPointerLeave={rest.leave}
          onFocus={() => enter(value)}
          onBlur={rest.leave}
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
