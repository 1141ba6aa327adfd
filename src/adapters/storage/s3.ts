import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { type InfinityError, SettingError, TerminalError } from "#core/errors.ts";
import { isSafeKey, type Storage, type StoredObject } from "#core/ports/storage.ts";
import { patience } from "../aws/patience.ts";
import { awsErrorName, awsFailure, awsStatus } from "../aws/translated.ts";

export interface BucketOptions {
  /** `s3://bucket` or `s3://bucket/prefix`. */
  url: string;
  /** A folder of this machine for copies of objects while they are read, and for files on their way up. Made when missing. */
  scratchFolder: string;
  /** Objects of a listing's page; Amazon's own most, but for tests. */
  pageSize?: number;
  /** Bytes of a part; a larger file goes up in several. */
  partSize?: number;
  /** Milliseconds of silence after which a connection is taken for dead; for tests. */
  silenceMs?: number;
}

/** Amazon's smallest part but for the last is 5 MiB; 8 MiB carries files of 78 GiB in the 10,000 parts there may be. */
const defaultPartSize = 8 * 1024 * 1024;

/**
 * A bucket, or what lies below a prefix in it, as a store. Region, credentials and an emulator's address come from the
 * environment, as everywhere with AWS. Times are whole seconds, since that is what Amazon tells of a single object.
 *
 * S3 never shows half an object: an upload in parts is there once its last part is. Where the bucket keeps versions, the
 * current one is read, and removing an object removes every version of it: till files hold names and cards.
 *
 * @throws SettingError when the address is not one of a bucket
 */
export function openBucket({
  url,
  scratchFolder,
  pageSize = 1000,
  partSize = defaultPartSize,
  silenceMs = patience.socketTimeout,
}: BucketOptions): Storage {
  const { bucket, prefix } = parsedAddress(url);
  const client = new S3Client({ requestHandler: { ...patience, socketTimeout: silenceMs } });
  const inBucket = (key: string) => ({ Bucket: bucket, Key: `${prefix}${allow(key)}` });

  const head = async (key: string) => {
    try {
      return await client.send(new HeadObjectCommand(inBucket(key)));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw awsFailure(error, `The object ${JSON.stringify(key)} of ${url} could not be looked at`);
    }
  };
  const get = async (key: string): Promise<Readable> => {
    const { Body } = await client.send(new GetObjectCommand(inBucket(key)));
    if (!(Body instanceof Readable)) throw gone(url, key);
    return Body;
  };
  const scratch = async () => {
    await mkdir(scratchFolder, { recursive: true, mode: 0o700 });
    return scratchFolder;
  };

  return {
    url: `s3://${bucket}${prefix === "" ? "" : `/${prefix.slice(0, -1)}`}`,
    async list(onSome) {
      const objects: StoredObject[] = [];
      try {
        const pages = paginateListObjectsV2({ client, pageSize }, { Bucket: bucket, Prefix: prefix });
        for await (const { Contents = [] } of pages) {
          const known = objects.length;
          for (const { Key = "", Size = 0, LastModified } of Contents) {
            const key = Key.slice(prefix.length);
            if (isSafeKey(key)) objects.push({ key, size: Size, modifiedAt: wholeSeconds(LastModified) });
          }
          onSome?.(objects.slice(known));
        }
      } catch (error) {
        throw awsFailure(error, `The store ${url} could not be listed`);
      }
      // Amazon lists in the order of the keys' bytes; ours is JavaScript's.
      return objects.sort((one, other) => (one.key < other.key ? -1 : 1));
    },
    async stat(key) {
      const found = isSafeKey(key) ? await head(key) : undefined;
      return found && { key, size: found.ContentLength ?? 0, modifiedAt: wholeSeconds(found.LastModified) };
    },
    async read(key) {
      allow(key);
      try {
        return Buffer.concat(await (await get(key)).toArray());
      } catch (error) {
        throw notRead(error, url, key);
      }
    },
    async localise(key) {
      allow(key);
      const path = join(await scratch(), `${randomUUID()}.copy`);
      const release = () => rm(path, { force: true });
      try {
        await pipeline(await get(key), createWriteStream(path, { flags: "wx", mode: 0o600 }));
      } catch (error) {
        await release();
        throw notRead(error, url, key);
      }
      return { path, release };
    },
    async adopt(key, path) {
      const target = inBucket(key);
      try {
        // Looked at first: no upload is begun for a file that is not there.
        await stat(path);
        await new Upload({ client, partSize, params: { ...target, Body: createReadStream(path) } }).done();
      } catch (error) {
        throw awsFailure(error, `The object ${JSON.stringify(key)} of ${url} could not be stored`);
      }
      await rm(path, { force: true });
    },
    scratch,
    async remove(key) {
      const target = inBucket(key);
      try {
        const { DeleteMarker: wasOnlyHidden } = await client.send(new DeleteObjectCommand(target));
        if (wasOnlyHidden) await removeVersions(client, target);
      } catch (error) {
        throw awsFailure(error, `The object ${JSON.stringify(key)} of ${url} could not be removed`);
      }
    },
  };
}

/** A bucket that keeps versions puts a mark over an object that is removed; this takes away what lies below, and the mark. */
async function removeVersions(client: S3Client, target: { Bucket: string; Key: string }): Promise<void> {
  const { Bucket, Key: Prefix } = target;
  let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (from) {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, ...from }),
    );
    for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
      // The prefix is also that of longer keys.
      if (Key === target.Key) await client.send(new DeleteObjectCommand({ ...target, VersionId }));
    }
    const { IsTruncated, NextKeyMarker = "", NextVersionIdMarker = "" } = page;
    from = IsTruncated ? { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker } : undefined;
  }
}

/** The bucket and what every key begins with, which ends in a slash or is empty. */
function parsedAddress(url: string): { bucket: string; prefix: string } {
  const [, bucket, rest = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url) ?? [];
  const prefix = rest.replace(/\/+$/, "");
  if (bucket !== undefined && (prefix === "" || isSafeKey(prefix))) {
    return { bucket, prefix: prefix === "" ? "" : `${prefix}/` };
  }
  throw new SettingError(`${url} is not the address of a bucket.`, "Write it as s3://bucket or s3://bucket/prefix.");
}

function wholeSeconds(time: Date | undefined): number {
  return Math.floor((time?.getTime() ?? 0) / 1000) * 1000;
}

function allow(key: string): string {
  if (isSafeKey(key)) return key;
  throw new TerminalError(`The key ${JSON.stringify(key)} is refused: it is unsafe.`, "Give the object a plain name.");
}

/** Looking at a single object, Amazon names what is missing by its status alone; a missing bucket is another matter. */
function isMissing(error: unknown): boolean {
  const name = awsErrorName(error);
  return name === "NoSuchKey" || name === "NotFound" || (awsStatus(error) === 404 && name !== "NoSuchBucket");
}

function notRead(error: unknown, url: string, key: string): InfinityError {
  if (isMissing(error)) return gone(url, key);
  const object = `The object ${JSON.stringify(key)} of ${url}`;
  if (awsErrorName(error) === "InvalidObjectState") {
    return new TerminalError(`${object} is archived, where nobody can read it.`, "Restore it first, then run again.");
  }
  return awsFailure(error, `${object} could not be read`);
}

function gone(url: string, key: string): TerminalError {
  return new TerminalError(
    `The object ${JSON.stringify(key)} of ${url} is gone.`,
    "Deliver it again if it is still wanted.",
  );
}
