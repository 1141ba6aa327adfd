import type { FilePointer } from "#core/messages.ts";
import { readKeyHint } from "#feed/formats/key-hint.ts";

export interface BatchLimits {
  files: number;
  bytes: number;
}

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
  for (const { file } of ordered) {
    if (batch.length > 0 && (batch.length >= limits.files || bytes + file.size > limits.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
