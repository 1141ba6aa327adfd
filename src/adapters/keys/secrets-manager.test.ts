import { afterAll, beforeAll, expect, test } from "vitest";
import { SettingError, TransientError } from "#core/errors.ts";
import { type SecretsFake, startSecretsFake } from "../aws/secrets.suite.ts";
import { describeKeys } from "./contract.suite.ts";
import { openSecretKeys } from "./secrets-manager.ts";

let fake: SecretsFake;

beforeAll(async () => {
  fake = await startSecretsFake();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: fake.address,
    AWS_REGION: "eu-west-2",
    AWS_ACCESS_KEY_ID: "fake",
    AWS_SECRET_ACCESS_KEY: "fake",
  });
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER;
  await fake.stop();
});

describeKeys("Secrets Manager", async () => ({
  open: () => openSecretKeys({ prefix: "infinity" }),
  dispose: async () => fake.secrets.clear(),
}));

test("a secret that is no key is refused by its name, and never replaced", async () => {
  fake.secrets.set("infinity/customers", Buffer.from("short").toString("base64"));
  const refusal = await openSecretKeys({ prefix: "infinity" })
    .get("customers")
    .catch((error) => error);
  expect(refusal).toBeInstanceOf(SettingError);
  expect(refusal.message).toContain("infinity/customers holds 5 bytes");
  expect(fake.secrets.size).toBe(1);
  fake.secrets.clear();
});

test("a key that cannot be asked for just now is not taken for one that does not exist", async () => {
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = "http://127.0.0.1:9";
  process.env.AWS_MAX_ATTEMPTS = "1";
  await expect(openSecretKeys({ prefix: "infinity" }).chain("customers")).rejects.toBeInstanceOf(TransientError);
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = fake.address;
  delete process.env.AWS_MAX_ATTEMPTS;
});
