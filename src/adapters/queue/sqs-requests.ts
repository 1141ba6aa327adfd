import { setTimeout as pause } from "node:timers/promises";
import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { SettingError, TerminalError, TransientError } from "#core/errors.ts";
import { awsErrorName } from "../aws/translated.ts";

/** Amazon's most messages of one request, and most bytes of a request: 256 KiB, which any region takes. */
export const mostEntries = 10;
const mostBytes = 256 * 1024;
const sendTries = 4;

/** The attribute of a dead letter that says why it is one. */
export const reasonAttribute = "reason";

type Entry = Omit<SendMessageBatchRequestEntry, "Id"> & { MessageBody: string };

/** Sends in requests of ten or fewer, none above what a request may weigh; what a request only took in part is sent again. */
export async function sendAll(client: SQSClient, url: string, name: string, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) if (weightOf(entry) > mostBytes) throw tooLarge(name);
  for (const group of inGroups(entries)) {
    let left = group.map((entry, index) => ({ ...entry, Id: String(index) }));
    for (let attempt = 1; left.length > 0; attempt += 1) {
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: left }));
      if (Failed.some(({ SenderFault }) => SenderFault)) throw refused(name, Failed);
      left = left.filter(({ Id }) => Failed.some((failure) => failure.Id === Id));
      if (left.length > 0 && attempt === sendTries) {
        throw new TransientError(
          `The queue ${name} did not take ${left.length} messages (${Failed[0]?.Code}).`,
          "It will be tried again.",
        );
      }
      if (left.length > 0) await pause(50 * 2 ** attempt);
    }
  }
}

function inGroups(entries: readonly Entry[]): Entry[][] {
  const groups: Entry[][] = [];
  let weight = 0;
  for (const entry of entries) {
    const group = groups.at(-1);
    weight += weightOf(entry);
    if (group && group.length < mostEntries && weight <= mostBytes) group.push(entry);
    else {
      groups.push([entry]);
      weight = weightOf(entry);
    }
  }
  return groups;
}

/** Bytes as Amazon counts them: the text, and each attribute with its name and type. A reason is short. */
function weightOf({ MessageBody, MessageAttributes }: Entry): number {
  return Buffer.byteLength(MessageBody) + (MessageAttributes ? 200 : 0);
}

/**
 * The address of the dead-letter queue that a queue's redrive policy names.
 *
 * @throws SettingError when there is none
 */
export async function findDeadLetters(client: SQSClient, url: string, name: string): Promise<string> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["RedrivePolicy"] }),
  );
  const policy = JSON.parse(Attributes?.RedrivePolicy ?? "{}") as { deadLetterTargetArn?: string };
  const [, , , , account, queueName] = policy.deadLetterTargetArn?.split(":") ?? [];
  if (queueName === undefined) {
    throw new SettingError(
      `The queue ${name} (${url}) has no dead-letter queue.`,
      "Give it a redrive policy: without one, a message that fails is lost sight of.",
    );
  }
  const { QueueUrl } = await client.send(
    new GetQueueUrlCommand({ QueueName: queueName, QueueOwnerAWSAccountId: account }),
  );
  return QueueUrl ?? "";
}

/** How many messages a queue has, as Amazon says: about right, and a little late. */
export async function countOf(client: SQSClient, url: string): Promise<{ waiting: number; inFlight: number }> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
      ],
    }),
  );
  const count = (name: keyof NonNullable<typeof Attributes>) => Number(Attributes?.[name] ?? 0);
  return {
    waiting: count("ApproximateNumberOfMessages") + count("ApproximateNumberOfMessagesDelayed"),
    inFlight: count("ApproximateNumberOfMessagesNotVisible"),
  };
}

export interface ReceiveOptions {
  /** For how long nobody else is handed what is received. */
  hiddenSeconds?: number;
  /** How long Amazon waits for a message to come. */
  waitSeconds?: number;
}

/** Messages of one request, possibly none. */
export async function receiveSome(
  client: SQSClient,
  url: string,
  count: number,
  { hiddenSeconds, waitSeconds }: ReceiveOptions,
): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: Math.min(count, mostEntries),
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ["ApproximateReceiveCount", "SentTimestamp"],
      MessageAttributeNames: [reasonAttribute],
    }),
  );
  return Messages;
}

/** No error when the message is not in flight under this receipt any more. */
export async function setVisibility(client: SQSClient, url: string, receipt: string, seconds: number): Promise<void> {
  try {
    await client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: seconds }),
    );
  } catch (error) {
    if (!isInNobodysHands(error)) throw error;
  }
}

/** Amazon has a name for it, and most often calls it a parameter that cannot be, with the reason in words. */
function isInNobodysHands(error: unknown): boolean {
  const name = awsErrorName(error) ?? "";
  const said = error instanceof Error ? error.message : "";
  return name.includes("MessageNotInflight") || /not available for visibility timeout change/.test(said);
}

function tooLarge(name: string): TerminalError {
  return new TerminalError(`A message for the queue ${name} is larger than 256 KiB.`, "Set batchFiles lower.");
}

function refused(name: string, failed: readonly BatchResultErrorEntry[]): TerminalError {
  return new TerminalError(
    `The queue ${name} refused ${failed.length} messages (${failed[0]?.Code}).`,
    "Check the queue's largest message size, and keys for characters that no message may hold.",
  );
}
