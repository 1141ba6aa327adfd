import { SettingError } from "#core/errors.ts";

/** Where a Redshift warehouse is, and what it may use. */
export interface RedshiftAddress {
  readonly region: string;
  readonly database: string;
  /** A Serverless workgroup, or a provisioned cluster. */
  readonly kind: "workgroup" | "cluster";
  readonly name: string;
  /** A secret with user and password; without one, the caller's own IAM identity signs in. */
  readonly secretArn?: string;
  /** The role Redshift reads staged files with: an ARN, or `default`. */
  readonly iamRole: string;
  /** Where Parquet is put for COPY, and removed again. */
  readonly staging: { readonly bucket: string; readonly prefix: string };
}

const looksLike =
  "It looks like redshift://workgroup.123456789012.eu-west-2/database?staging=s3://bucket/folder" +
  "&iamRole=arn:aws:iam::123456789012:role/name&secret=arn:aws:secretsmanager:…; a cluster's is its whole endpoint.";

/**
 * Reads `redshift://workgroup.account.region/database?staging=s3://…&iamRole=…&secret=…`. The host may also be the endpoint as
 * AWS shows it: `….redshift-serverless.amazonaws.com` of a workgroup, `….redshift.amazonaws.com` of a cluster.
 *
 * @throws SettingError when a part is missing or is not what it should be
 */
export function redshiftAddress(url: string): RedshiftAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const [name, , region] = parsed?.hostname.split(".") ?? [];
  if (parsed?.protocol !== "redshift:" || !name || !region || !/^\/\w+$/.test(parsed.pathname)) {
    throw new SettingError("The warehouse's address is not one of a Redshift database.", looksLike);
  }
  const { searchParams, hostname, pathname } = parsed;
  const secretArn = searchParams.get("secret");
  // Both stand in the text of COPY, which takes no parameters: they must not hold a quote.
  const staging = /^s3:\/\/([a-z0-9.-]{3,63})(?:\/([\w./-]*?))?\/?$/.exec(searchParams.get("staging") ?? "");
  const iamRole = searchParams.get("iamRole") ?? "default";
  if (!staging || !/^(?:default|arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+)$/.test(iamRole)) {
    throw new SettingError(
      `The address of the Redshift warehouse ${name} names no ${staging ? "role" : "place in S3"} for COPY.`,
      looksLike,
    );
  }
  return {
    region,
    database: pathname.slice(1),
    kind: hostname.endsWith(".redshift.amazonaws.com") ? "cluster" : "workgroup",
    name,
    ...(secretArn === null ? {} : { secretArn }),
    iamRole,
    staging: { bucket: staging[1] ?? "", prefix: staging[2] ?? "" },
  };
}
