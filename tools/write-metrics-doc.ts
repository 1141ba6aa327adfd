import { writeFileSync } from "node:fs";
import { metricsDocument } from "./metrics-document.ts";

// `npm run docs`: writes docs/metrics.md from the metrics' definitions. A test fails while the two differ.
writeFileSync(new URL("../docs/metrics.md", import.meta.url), metricsDocument());
