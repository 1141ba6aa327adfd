import type { Trust } from "../../../../src/api/contract/index.ts";
import { asked, useAnswer } from "../../data/metrics.ts";
import { useView } from "../../filters/view.ts";
import { nothingExpected } from "../../parts/trust.ts";
import { whyClosed } from "./closed.ts";

/** Why nothing was expected of the cafés of this view, once it is known that nothing was. Only then are the reasons asked for. */
export function useWhyClosed(trust: Trust | undefined): string | undefined {
  const { question, inScope, everyCafe, period } = useView();
  const closed = trust !== undefined && nothingExpected(trust);
  const deliveries = useAnswer(asked.deliveries(question), closed).data?.cafes;
  return closed ? whyClosed({ cafes: inScope, everyCafe, period, deliveries }) : undefined;
}
