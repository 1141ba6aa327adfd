import { Command, InvalidArgumentError, Option } from "commander";
import { RefusedError } from "#core/errors.ts";
import { withHome } from "../../home/with-home.ts";
import { type CafeChange, understood } from "../../operations/cafe-changes.ts";
import type { CafeListing } from "../../operations/list-cafes.ts";
import { counted, dayName } from "../present.ts";
import { print, printJson } from "../print.ts";
import { asDay, newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";

interface CafeOptions {
  home?: string;
  json?: boolean;
}

/** `infinity cafes`: what people know about cafés and no till says. It survives every rebuild. */
export function cafesCommand(): Command {
  return new Command("cafes")
    .description("names, places, dates, closures and owners of the cafés")
    .addHelpText(
      "after",
      "\nWhat is said here is kept in cafes.yaml in the home folder, which may be edited by hand as well: the next run takes it in.",
    )
    .addCommand(listCommand())
    .addCommand(renameCommand())
    .addCommand(mergeCommand())
    .addCommand(unmergeCommand())
    .addCommand(placeCommand())
    .addCommand(openCommand())
    .addCommand(closeCommand())
    .addCommand(closureCommand())
    .addCommand(ownCommand());
}

function listCommand(): Command {
  return newCommand("list", "list the cafés, and those that nobody has placed yet", "cafes list").action(
    async ({ json, ...options }: CafeOptions) => {
      const cafes = await withHome(settingsOf(options), "infinity cafes", (operations) => operations.cafes());
      if (json) printJson(cafes);
      else print(describeCafes(cafes));
    },
  );
}

function renameCommand(): Command {
  return newCommand("rename", "call a café something else", 'cafes rename "Leeds 2" "Leeds Headrow"')
    .argument("<old>", "the café, by any of its names")
    .argument("<new>", "what to call it")
    .action((cafe: string, name: string, options: CafeOptions) => change(options, { change: "rename", cafe, name }));
}

function mergeCommand(): Command {
  return newCommand("merge", "say that two names are one café, such as a misspelling", "cafes merge Leds Leeds")
    .argument("<from>", "the name that goes")
    .argument("<into>", "the café that stays")
    .action((from: string, into: string, options: CafeOptions) => change(options, { change: "merge", from, into }));
}

function unmergeCommand(): Command {
  return newCommand(
    "unmerge",
    "say that a name is a café of its own after all; `infinity rebuild` then parts them",
    "cafes unmerge Leds",
  )
    .argument("<name>", "the name that was merged")
    .action((name: string, options: CafeOptions) => change(options, { change: "unmerge", name }));
}

interface PlaceOptions extends CafeOptions {
  at?: string;
  region?: string;
  lat?: number;
  lon?: number;
}

function placeCommand(): Command {
  return newCommand("place", "say where a café is", 'cafes place Ashford --at "Ashford, Kent"')
    .argument("<cafe>", "the café")
    .addOption(
      new Option("--at <place>", 'a British place, such as "Ashford, Kent"').conflicts(["region", "lat", "lon"]),
    )
    .option("--region <region>", 'one of the 12 regions, such as "South East"')
    .option("--lat <degrees>", "degrees north, with --region", asDegrees)
    .option("--lon <degrees>", "degrees east (most of Britain is negative), with --region", asDegrees)
    .action((cafe: string, { at, region, lat: latitude, lon: longitude, ...options }: PlaceOptions) => {
      if (at === undefined && region === undefined) {
        throw new RefusedError(
          "Where is it?",
          'Say --at "Place, County", or --region, with --lat and --lon where they are known.',
        );
      }
      return change(options, { change: "place", cafe, at, region, latitude, longitude });
    });
}

interface DateOptions extends CafeOptions {
  on?: string;
  unknown?: boolean;
}

function openCommand(): Command {
  return dateCommand(
    "open",
    "say when a café opened, or will: before that nothing is missing",
    "the first day it is open",
  );
}

function closeCommand(): Command {
  return dateCommand(
    "close",
    "say when a café closed for good: from then on nothing is missing",
    "the first day it is closed",
  );
}

function dateCommand(verb: "open" | "close", description: string, meaning: string): Command {
  return newCommand(verb, description, `cafes ${verb} Leeds --on 2026-09-01`)
    .argument("<cafe>", "the café")
    .option("--on <date>", meaning, asDay)
    .addOption(new Option("--unknown", "take the date back").conflicts("on"))
    .action((cafe: string, { on, unknown, ...options }: DateOptions) => {
      if (on === undefined && !unknown) throw new RefusedError("When?", "Say --on DATE, or --unknown to take it back.");
      return change(options, { change: verb, cafe, on });
    });
}

interface ClosureOptions extends CafeOptions {
  all?: boolean;
  from: string;
  to?: string;
  reason?: string;
  remove?: boolean;
}

function closureCommand(): Command {
  return newCommand(
    "closure",
    "say that a café, or every one, is closed for some days: nothing is missing then",
    'cafes closure --all --from 2026-12-25 --reason "Christmas Day"',
  )
    .argument("[cafe]", "the café")
    .option("--all", "every café, those that come later included")
    .requiredOption("--from <date>", "the first day", asDay)
    .option("--to <date>", "the last day (the first)", asDay)
    .option("--reason <text>", "why, as people will read it")
    .addOption(
      new Option("--remove", "take back every closure that touches these days, the whole of it").conflicts("reason"),
    )
    .action((cafe: string | undefined, { all, from, to, reason, remove, ...options }: ClosureOptions) => {
      if ((cafe === undefined) !== (all ?? false)) throw new RefusedError("Which café?", "Name one, or say --all.");
      if (remove) return change(options, { change: "no-closure", cafe, from, to });
      if (reason === undefined) throw new RefusedError("Why is it closed?", "Say --reason TEXT, or --remove.");
      return change(options, { change: "closure", cafe, from, to, reason });
    });
}

interface OwnOptions extends CafeOptions {
  owner: string;
  from: string;
  to?: string;
  remove?: boolean;
}

function ownCommand(): Command {
  return newCommand(
    "own",
    "say who has a café, and since when",
    'cafes own Leeds --owner "Ann Example Ltd" --from 2026-01-01',
  )
    .argument("<cafe>", "the café")
    .requiredOption("--owner <name>", "the franchisee")
    .requiredOption("--from <date>", "the first day", asDay)
    .option("--to <date>", "the last day; while there is none, it lasts until somebody else has it", asDay)
    .addOption(new Option("--remove", "take this ownership back").conflicts("to"))
    .action((cafe: string, { owner, from, to, remove, ...options }: OwnOptions) =>
      change(options, remove ? { change: "disown", cafe, owner, from } : { change: "own", cafe, owner, from, to }),
    );
}

async function change({ json, ...options }: CafeOptions, wanted: CafeChange): Promise<void> {
  const asked = understood(wanted);
  const settings = settingsOf(options);
  const changed = await withHome(settings, "infinity cafes", (operations) => operations.changeCafes(asked));
  if (json) printJson(changed);
  else print(changed.said);
}

function describeCafes(cafes: readonly CafeListing[]): string {
  if (cafes.length === 0) return "No café has delivered yet. Load till files with: npx infinity run --source DIR";
  const lines = [
    table(
      ["Café", "Also", "Region", "State", "Last delivery", "Owner"],
      cafes.map((cafe) => [
        cafe.name,
        [...new Set([...(cafe.tillName === cafe.name ? [] : [cafe.tillName]), ...cafe.otherNames])].join(", "),
        cafe.region,
        describeState(cafe),
        cafe.lastDelivery === null ? "" : dayName(cafe.lastDelivery),
        cafe.owner ?? "",
      ]),
    ),
  ];
  const unplaced = cafes.filter(({ placed }) => !placed);
  if (unplaced.length > 0) {
    lines.push(
      "",
      `${counted(unplaced.length, "café")} without a region. Say where: infinity cafes place CAFE --at "Place, County"`,
    );
    for (const { name, candidates } of unplaced) {
      lines.push(`  ${name}${candidates.length > 0 ? `: ${candidates.slice(0, 6).join("; ")}` : ""}`);
    }
  }
  for (const { name, partsAtRebuild } of cafes) {
    if (partsAtRebuild.length > 0)
      lines.push("", `${partsAtRebuild.join(", ")} will be parted from ${name} by: infinity rebuild`);
  }
  return lines.join("\n");
}

function describeState({ state, openedOn, closedOn }: CafeListing): string {
  if (state === "closed") return `closed ${closedOn}`;
  if (state === "not_open_yet") return `opens ${openedOn}`;
  return closedOn === null ? "open" : `closes ${closedOn}`;
}

function asDegrees(text: string): number {
  const degrees = Number(text);
  if (text.trim() === "" || !Number.isFinite(degrees)) {
    throw new InvalidArgumentError("Degrees are written as a number, such as 51.15.");
  }
  return degrees;
}
