import { InfinityError, SettingError, TransientError } from "#core/errors.ts";

/** What a person has to put right: trying again as things are will not help. */
const settings = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "CredentialsProviderError",
  "InvalidAccessKeyId",
  "NoSuchBucket",
  "QueueDoesNotExist",
  "AWS.SimpleQueueService.NonExistentQueue",
  "ResourceNotFoundException",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);

/** The name AWS gives an error, such as `NoSuchKey`; undefined when it is not one of theirs. */
export function awsErrorName(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return "$metadata" in error || error.name !== "Error" ? error.name : undefined;
}

/** The HTTP status of an answer of AWS that was an error. */
export function awsStatus(error: unknown): number | undefined {
  const metadata = error instanceof Error && "$metadata" in error ? error.$metadata : undefined;
  return (metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode;
}

/**
 * An error of AWS as one of ours, named for what to do about it. AWS's own words are left out: only the name goes on.
 *
 * @param what was not done, as the beginning of a sentence: "The bucket tills could not be listed"
 */
export function awsFailure(error: unknown, what: string): InfinityError {
  if (error instanceof InfinityError) return error;
  const name = awsErrorName(error) ?? "unknown";
  return settings.has(name)
    ? new SettingError(`${what} (${name}).`, "Check its name, the region and what this role may do.", { cause: error })
    : new TransientError(`${what} (${name}).`, "It will be tried again; if it lasts, look at the service's health.", {
        cause: error,
      });
}
