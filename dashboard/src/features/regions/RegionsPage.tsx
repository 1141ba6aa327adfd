import { Link } from "@tanstack/react-router";
import { asked, useAnswer } from "../../data/metrics.ts";
import { type Defaults, useView, type View } from "../../filters/view.ts";
import { dayRange } from "../../format/date.ts";
import { Page } from "../../frame/Page.tsx";
import { PageHead } from "../../frame/PageHead.tsx";
import { useNarrow } from "../../frame/useNarrow.ts";
import { Kept } from "../../parts/Kept.tsx";
import { LeagueSection } from "./LeagueSection.tsx";
import { LeftOutSection } from "./LeftOutSection.tsx";
import { MapSection } from "./MapSection.tsx";
import { RegionPanel, regionWeeks } from "./RegionPanel.tsx";
import { RegionTable } from "./RegionTable.tsx";
import { regionDeck, regionHeadline, regionsDeck, regionsHeadline } from "./words.ts";

const DEFAULTS: Defaults = { period: "7d", compare: "year" };

/** Regions and cafés: who grows, who does not, and what is left out of saying so. */
export function RegionsPage() {
  return (
    <Page
      name="Regions and cafés"
      inside="regions"
      defaults={DEFAULTS}
      filters={["period", "compare", "region"]}
      questions={questionsOf}
    >
      <Regions />
    </Page>
  );
}

/** The table of every café: a region is only looked at more closely. */
const league = ({ question: { from, to, compare } }: View) => asked.league({ from, to, compare });

const questionsOf = (view: View) => [league(view), ...(view.region ? [regionWeeks(view, view.region)] : [])];

function Regions() {
  const view = useView();
  const narrow = useNarrow();
  const query = useAnswer(league(view));
  const answer = query.data;
  const region = answer?.regions.find((one) => one.region === view.region);
  const cafes = answer?.cafes.filter((cafe) => !region || cafe.region === region.region) ?? [];
  const days = dayRange(view.period.from, view.period.to);
  return (
    <>
      <PageHead
        kicker={
          region ? (
            <nav aria-label="Where you are">
              <ol>
                <li>
                  <Link to="/regions" search={(search) => ({ ...search, region: undefined })}>
                    Chain
                  </Link>
                </li>
                <li aria-current="page">
                  {region.region} · {days}
                </li>
              </ol>
            </nav>
          ) : (
            `Chain · ${narrow ? "" : "Regions and cafés · "}${days}`
          )
        }
        queries={[query]}
        headline={
          !answer
            ? "Regions and cafés"
            : region
              ? regionHeadline(region, cafes, view.chosen.headline)
              : regionsHeadline(answer.regions)
        }
        deck={
          !answer
            ? undefined
            : region
              ? regionDeck(region, cafes, answer, view.chosen.headline, view.chosen.days, view.precision)
              : regionsDeck(answer, view.chosen.headline, view.chosen.days, view.precision)
        }
      />
      <div className="columns map-columns">
        <Kept query={query}>
          <MapSection answer={answer} query={query} />
          <RegionTable answer={answer} query={query} />
        </Kept>
      </div>
      {region && answer && <RegionPanel region={region} cafes={cafes} answer={answer} query={query} />}
      <div className="columns ragged league-columns">
        <Kept query={query}>
          <LeagueSection cafes={cafes} answer={answer} query={query} />
          <LeftOutSection answer={answer} query={query} />
        </Kept>
      </div>
    </>
  );
}
