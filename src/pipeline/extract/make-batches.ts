import type { FilePointer } from "#core/messages.ts";
import { readKeyHint } from "#feed/formats/key-hint.ts";

export interface BatchLimits {
  files: number;
  bytes: number;
}

/** Bytes of a message that its files may take: Amazon SQS takes 256 KiB, and the rest of the message is a few hundred. */
const mostPointerBytes = 250_000;

/**
 * Groups files into batches, those of one café together and in order of day: the same customers come back within a batch,
 * and each is worked out once.
 */
export function makeBatches(files: readonly FilePointer[], limits: BatchLimits): FilePointer[][] {
  const ordered = files
    .map((file) => ({ file, hint: readKeyHint(file.key) }))
    .map(({ file, hint }) => ({ file, place: `${hint.cafe?.toLowerCase() ?? ""}\n${hint.date ?? ""}\n${file.key}` }))
    .sort((one, other) => (one.place < other.place ? -1 : 1));

  const batches: FilePointer[][] = [];
  let batch: FilePointer[] = [];
  let bytes = 0;
  let pointerBytes = 0;
  for (const { file } of ordered) {
    const own = Buffer.byteLength(JSON.stringify(file)) + 1;
    const isFull =
      batch.length >= limits.files || bytes + file.size > limits.bytes || pointerBytes + own > mostPointerBytes;
    if (batch.length > 0 && isFull) {
      batches.push(batch);
      batch = [];
      bytes = 0;
      pointerBytes = 0;
    }
    batch.push(file);
    bytes += file.size;
    pointerBytes += own;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
