import { randomBytes } from "node:crypto";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { InfinityError, SettingError } from "#core/errors.ts";
import type { KeyPurpose, Keys } from "#core/ports/keys.ts";
import { patience } from "../aws/patience.ts";
import { awsErrorName, awsFailure } from "../aws/translated.ts";

const keyBytes = 32;

/**
 * Secret keys in AWS Secrets Manager, a secret each: `<prefix>/customers`, and after rotations `<prefix>/customers.2` and so
 * on. A key that was read is kept for as long as the process lives; a key never changes, chains only grow.
 */
export function openSecretKeys({ prefix }: { prefix: string }): Keys {
  const client = new SecretsManagerClient({ requestHandler: patience });
  const known = new Map<string, Buffer>();

  const read = async (name: string): Promise<Buffer | undefined> => {
    const kept = known.get(name);
    if (kept) return Buffer.from(kept);
    try {
      const { SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: name }));
      const key = Buffer.from(SecretBinary ?? []);
      if (key.length !== keyBytes) throw spoilt(name, key.length);
      known.set(name, key);
      return Buffer.from(key);
    } catch (error) {
      if (awsErrorName(error) === "ResourceNotFoundException") return undefined;
      throw error instanceof InfinityError ? error : awsFailure(error, `The key ${name} could not be read`);
    }
  };
  const readOrMake = async (name: string): Promise<Buffer> => {
    const key = await read(name);
    if (key) return key;
    try {
      await client.send(new CreateSecretCommand({ Name: name, SecretBinary: randomBytes(keyBytes) }));
    } catch (error) {
      // Somebody else was first, and their key is everybody's.
      if (awsErrorName(error) !== "ResourceExistsException") {
        throw awsFailure(error, `The key ${name} could not be made`);
      }
    }
    const made = await read(name);
    if (made) return made;
    throw new SettingError(`The key ${name} went away as soon as it was made.`, "Keep other programs away from it.");
  };

  return {
    get: (purpose) => readOrMake(nameOf(prefix, purpose, 1)),
    async chain(purpose) {
      const chain: Buffer[] = [];
      for (;;) {
        const key = await read(nameOf(prefix, purpose, chain.length + 1));
        if (!key) return chain;
        chain.push(key);
      }
    },
    async extend(purpose, length) {
      for (let generation = 1; generation <= length; generation += 1) {
        await readOrMake(nameOf(prefix, purpose, generation));
      }
    },
  };
}

function nameOf(prefix: string, purpose: KeyPurpose, generation: number): string {
  return generation === 1 ? `${prefix}/${purpose}` : `${prefix}/${purpose}.${generation}`;
}

function spoilt(name: string, bytes: number): SettingError {
  return new SettingError(
    `The key ${name} holds ${bytes} bytes instead of ${keyBytes}.`,
    "Put the right version of the secret back. A new key would make every customer a stranger.",
  );
}
