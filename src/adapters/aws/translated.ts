import { errorCode, InfinityError, isDiskFull, makeRoom, SettingError, TransientError } from "#core/errors.ts";

/** Who we are is not accepted, or not any more: a clock that is wrong makes every signature so. */
const signIn = new Set([
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "InvalidToken",
  "MissingAuthenticationToken",
  "RequestExpired",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
  "TokenRefreshRequired",
  "UnrecognizedClientException",
]);

/** What a person has to put right: trying again as things are will not help. */
const settings = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AuthorizationHeaderMalformed",
  "AWS.SimpleQueueService.NonExistentQueue",
  "IllegalLocationConstraintException",
  "InvalidAddress",
  "KMS.AccessDeniedException",
  "NoSuchBucket",
  "PermanentRedirect",
  "QueueDoesNotExist",
  "ResourceNotFoundException",
]);

/** An answer that may say no more than its status: looked at by its head alone, an object gives no name of what is amiss. */
const settingStatuses = new Set([301, 400, 401, 403]);

/** The name AWS gives an error, such as `NoSuchKey`; undefined when it is not one of theirs, or has none. */
export function awsErrorName(error: unknown): string | undefined {
  if (!(error instanceof Error) || /^(?:Error|Unknown|UnknownError|\d+)$/.test(error.name)) return undefined;
  return error.name;
}

/** The HTTP status of an answer of AWS that was an error. */
export function awsStatus(error: unknown): number | undefined {
  const metadata = error instanceof Error && "$metadata" in error ? error.$metadata : undefined;
  return (metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode;
}

/**
 * An error of AWS as one of ours, named for what to do about it. AWS's own words are left out: only the name goes on, or the
 * status where there is no name.
 *
 * @param what was not done, as the beginning of a sentence: "The bucket tills could not be listed"
 */
export function awsFailure(error: unknown, what: string): InfinityError {
  if (error instanceof InfinityError) return error;
  const [name, status] = [awsErrorName(error), awsStatus(error)];
  if (status === undefined && isDiskFull(error)) {
    return new TransientError(`${what}: this machine's disk is full.`, `${makeRoom}; then it is tried again.`, {
      cause: error,
    });
  }
  const known = errorCode(error) ?? name ?? (status === undefined ? "unknown" : `HTTP ${status}`);
  if (name !== undefined && signIn.has(name)) {
    return new SettingError(
      `${what} (${known}).`,
      "Sign in to AWS again, or mend the credentials; this machine's clock must be right too.",
      { cause: error },
    );
  }
  const isSetting = name === undefined ? settingStatuses.has(status ?? 0) : settings.has(name);
  return isSetting
    ? new SettingError(
        `${what} (${known}).`,
        "Check its name, the region, what this role may do, and that the credentials are still good.",
        { cause: error },
      )
    : new TransientError(`${what} (${known}).`, "It will be tried again; if it lasts, look at the service's health.", {
        cause: error,
      });
}
