import { capital } from "../format/words.ts";
import { setTheme, themes, useTheme } from "./theme.ts";

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const theme = useTheme();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields, these are buttons
    <div className="theme-switch" role="group" aria-label="Theme">
      {themes.map((name) => (
        <button key={name} type="button" aria-pressed={name === theme} onClick={() => setTheme(name)}>
          {capital(name)}
        </button>
      ))}
    </div>
  );
}
