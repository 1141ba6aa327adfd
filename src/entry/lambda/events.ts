import { z } from "zod";
import { day } from "#core/day.ts";
import { RefusedError } from "#core/errors.ts";
import type { DayRange } from "#pipeline/extract/find-new-files.ts";

/** An object the store tells of. */
interface Uploaded {
  readonly bucket: string;
  /** As it is, not as a URL has it. */
  readonly key: string;
}

/** What extract was called for. */
export type Call =
  | { readonly kind: "schedule"; readonly days: DayRange }
  | { readonly kind: "upload"; readonly objects: readonly Uploaded[] };

const s3Notification = z.object({
  Records: z.array(
    z.object({
      eventSource: z.literal("aws:s3"),
      eventName: z.string(),
      s3: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
    }),
  ),
});
/** What S3 sends when a notification is set up. */
const s3Test = z.object({ Service: z.literal("Amazon S3"), Event: z.literal("s3:TestEvent") });
/** The same news by way of EventBridge, which does not encode the key. */
const eventBridgeUpload = z.object({
  source: z.literal("aws.s3"),
  "detail-type": z.literal("Object Created"),
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});
/** Other news of EventBridge's about a bucket: an object that was removed, tagged, archived. A rule may well let it through. */
const otherStoreNews = z.object({ source: z.literal("aws.s3"), "detail-type": z.string() });
/** What a schedule sends that is set up to say nothing. */
const plainSchedule = z.object({ "detail-type": z.literal("Scheduled Event") });
/** What else a schedule is set up to send: nothing, or the days to look at. */
const scheduled = z.strictObject({ from: day.optional(), to: day.optional() });

/**
 * Reads an event that extract was called with.
 *
 * @throws RefusedError when it is none of those extract knows: any other would have the whole store listed
 */
export function callOf(event: unknown): Call {
  const upload = eventBridgeUpload.safeParse(event);
  if (upload.success) {
    const { bucket, object } = upload.data.detail;
    return { kind: "upload", objects: [{ bucket: bucket.name, key: object.key }] };
  }
  if (s3Test.safeParse(event).success || otherStoreNews.safeParse(event).success)
    return { kind: "upload", objects: [] };
  const notified = s3Notification.safeParse(event);
  if (notified.success) {
    return {
      kind: "upload",
      objects: notified.data.Records.filter(({ eventName }) => /^(s3:)?ObjectCreated:/.test(eventName)).map(
        ({ s3 }) => ({
          bucket: s3.bucket.name,
          key: decodeURIComponent(s3.object.key.replaceAll("+", " ")),
        }),
      ),
    };
  }
  if (plainSchedule.safeParse(event).success) return { kind: "schedule", days: {} };
  const asked = scheduled.safeParse(event ?? {});
  if (asked.success) return { kind: "schedule", days: asked.data };
  throw new RefusedError(
    "Extract was called with an event that is neither a schedule's nor one of S3's.",
    'Let nothing else call it. A schedule says nothing, or which days: {"from": "2026-03-02", "to": "2026-03-08"}.',
  );
}
