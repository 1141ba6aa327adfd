import { DuckDBInstance } from "@duckdb/node-api";
import type { SampleLedger } from "#feed/generate/ledger.ts";

/** What the pictures show, measured in the files of a sample of shape C. */
export interface Measures {
  /** Share of a character's receipts in each hour of its weekdays and of its weekends, in per cent. */
  readonly hours: readonly { character: string; weekend: boolean; hour: number; percent: number }[];
  /** Receipts on each weekday, 1 to 7 from Monday, over a character's mean day. */
  readonly weekdays: readonly { character: string; weekday: number; index: number }[];
  /** Receipts in each week, over a character's mean week. */
  readonly weeks: readonly { character: string; week: string; index: number }[];
  /** Customers with a card by how often they came, and how many receipts they account for. */
  readonly visits: readonly { visits: number; customers: number }[];
  readonly cafes: readonly { cafe: string; perDay: number }[];
  /** Shares of receipts before noon, from noon, from three and from six, in per cent. */
  readonly dayparts: readonly { daypart: string; percent: number }[];
  /** Shares of coffees sold, in per cent. */
  readonly coffees: readonly { coffee: string; percent: number }[];
  readonly figures: Readonly<Record<string, number>>;
}

/** Reads the sample's files into an engine of its own and asks it. */
export async function measure(folder: string, ledger: SampleLedger): Promise<Measures> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const ask = async <Row>(sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS() as Row[];
  const columns = ["time", "cafe", "customer", "basket", "total", "payment", "card"];
  await connection.run(
    `create table receipts as
     select strptime(time, '%d/%m/%Y %H:%M') as sold_at, cafe, basket, cast(total as decimal(9, 2)) as total, payment, card
     from read_csv('${folder}/**/*.csv', auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
       columns = {${columns.map((column) => `'${column}': 'VARCHAR'`).join(", ")}})`,
  );
  await connection.run("create table cafes (cafe varchar, character varchar)");
  for (const { name, character } of ledger.cafes) {
    await connection.run("insert into cafes values ($name, $character)", { name, character });
  }
  const [figures = {}] = await ask<Record<string, number>>(
    `with visits as (select card, count(*) as n from receipts where card is not null group by card),
       monthly as (select distinct cafe, card, date_trunc('month', sold_at) as month from receipts where card is not null)
     select
       (select count(*) from receipts)::double as receipts,
       (select avg(total) from receipts)::double as meanTotal,
       (select avg((payment = 'CASH')::int) from receipts) as cashShare,
       (select count(*) from visits)::double as cards,
       (select avg((n <= 2)::int) from visits) as onceOrTwice,
       (select sum(n) filter (where n >= 10) / sum(n) from visits)::double as receiptsOfTenOrMore,
       (select median(n) from (select count(*) / count(distinct sold_at::date) as n from receipts group by cafe)) as medianCafe,
       (select avg((later.card is not null)::int) from monthly left join monthly as later
          on later.cafe = monthly.cafe and later.card = monthly.card and later.month = monthly.month + interval 1 month
        where monthly.month > (select min(month) from monthly)
          and monthly.month < (select max(month) from monthly) - interval 1 month) as backNextMonth`,
  );
  return {
    hours: await ask(
      `with hours as (
         select character, isodow(sold_at) > 5 as weekend, hour(sold_at)::int as hour, count(*) as n
         from receipts join cafes using (cafe) group by all
       )
       select character, weekend, hour, (n * 100.0 / sum(n) over (partition by character, weekend))::double as percent
       from hours order by all`,
    ),
    weekdays: await ask(
      `with days as (
         select character, sold_at::date as day, count(*) as n from receipts join cafes using (cafe) group by all
       ),
       weekdays as (select character, isodow(day)::int as weekday, avg(n) as n from days group by all)
       select character, weekday, n / avg(n) over (partition by character) as index from weekdays order by all`,
    ),
    weeks: await ask(
      `with weeks as (
         select character, date_trunc('week', sold_at) as week, count(*) as n
         from receipts join cafes using (cafe) group by all
       ),
       span as (select min(sold_at)::date as first, max(sold_at)::date as last from receipts)
       select character, strftime(week, '%Y-%m-%d') as week, n / avg(n) over (partition by character) as index
       from weeks, span where week >= first and week + interval 6 days <= last order by all`,
    ),
    visits: await ask(
      `with counts as (select card, count(*) as n from receipts where card is not null group by card)
       select n::int as visits, count(*)::int as customers from counts group by n order by n`,
    ),
    cafes: await ask(
      "select cafe, count(*) / count(distinct sold_at::date)::double as perDay from receipts group by cafe order by cafe",
    ),
    dayparts: await ask(
      `with hours as (select hour(sold_at) as hour, count(*) as n from receipts group by all)
       select case when hour < 12 then 'Before noon' when hour < 15 then 'Noon to three'
         when hour < 18 then 'Three to six' else 'After six' end as daypart,
         sum(n)::double * 100 / (select sum(n)::double from hours) as percent
       from hours group by daypart order by min(hour)`,
    ),
    coffees: await ask(
      `with items as (select regexp_extract(unnest(string_split(basket, ', ')), '^(?:Regular|Large) (.*?) - ', 1) as coffee from receipts)
       select coffee, (count(*) * 100.0 / sum(count(*)) over ())::double as percent from items
       where coffee in ('Latte', 'Flavoured latte', 'Flat white', 'Cappuccino', 'Americano', 'Mocha', 'Espresso', 'Cortado', 'Filter coffee')
       group by coffee order by percent desc`,
    ),
    figures,
  };
}
