import { BOUNDS, steps } from "./steps.ts";

/** What the colours and the dots mean. */
export function Legend() {
  return (
    <div className="map-legend" aria-hidden="true">
      <div className="map-scale">
        {steps.map((step, index) => {
          const bound = BOUNDS[index];
          return (
            <span key={step} className={`div-${step}`}>
              {bound !== undefined && (
                <i>
                  {bound < 0 ? "−" : "+"}
                  {Math.abs(bound * 100)}
                  {index === 0 || index === BOUNDS.length - 1 ? "\u00a0%" : ""}
                </i>
              )}
            </span>
          );
        })}
      </div>
      <div className="map-dots">
        <span>
          <svg width="10" height="10" className="cafe-dot" aria-hidden="true">
            <circle className="mark" cx="5" cy="5" r="2.8" />
          </svg>
          café, all days in
        </span>
        <span>
          <svg width="10" height="10" className="cafe-dot hollow" aria-hidden="true">
            <circle className="mark" cx="5" cy="5" r="3.2" />
          </svg>
          a day missing
        </span>
      </div>
    </div>
  );
}
