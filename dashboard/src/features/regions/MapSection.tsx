import type { LeagueAnswer } from "../../../../src/api/contract/index.ts";
import type { QueryState } from "../../data/metrics.ts";
import { useSession } from "../../data/session.tsx";
import { useView } from "../../filters/view.ts";
import { useNarrow } from "../../frame/useNarrow.ts";
import { UkMap } from "../../map/UkMap.tsx";
import { Section } from "../../parts/Section.tsx";
import { mapTitle } from "./words.ts";

/** The regions on the map, each in the colour of its change, and a dot for every café. */
export function MapSection({ answer, query }: { answer: LeagueAnswer | undefined; query: QueryState }) {
  const { region, chosen } = useView();
  const { cafes } = useSession();
  const narrow = useNarrow();
  const leagueOf = new Map(answer?.cafes.map((cafe) => [cafe.cafeId, cafe]));
  const placed = cafes.flatMap((cafe) => {
    const league = leagueOf.get(cafe.cafeId);
    return cafe.latitude === null || cafe.longitude === null || !league
      ? []
      : [
          {
            cafeId: cafe.cafeId,
            name: cafe.name,
            region: cafe.region,
            latitude: cafe.latitude,
            longitude: cafe.longitude,
            ratio: league.change?.ratio ?? null,
            missing: league.missingDays > 0,
          },
        ];
  });
  const unplaced = cafes.filter((cafe) => cafe.latitude === null).length;
  return (
    <Section
      className="map-section"
      title={answer ? mapTitle(answer.regions) : "The regions"}
      name="Map of the regions"
      subtitle={`Change in sales on ${chosen.headline}, like for like, by region; a dot is a café`}
      height={narrow ? 530 : 610}
      query={query}
      table={answer && tableOf(answer)}
      chart
      trust={answer?.trust}
      foot={unplaced > 0 && `${unplaced} without a place on the map`}
    >
      {answer && (
        <UkMap
          name="Change in sales by region"
          regions={answer.regions.map((one) => ({ region: one.region, ratio: one.change?.ratio ?? null }))}
          cafes={placed}
          selected={region}
        />
      )}
    </Section>
  );
}

function tableOf({ regions }: LeagueAnswer) {
  return {
    columns: [
      { name: "Region", unit: "text" as const },
      { name: "Change", unit: "change" as const },
      { name: "Cafés", unit: "count" as const },
      { name: "Café-days missing", unit: "count" as const },
    ],
    rows: regions.map((one) => [one.region, one.change?.ratio ?? null, one.cafes, one.missingDays]),
  };
}
