import { DeleteMessageCommand, type Message, SQSClient } from "@aws-sdk/client-sqs";
import type { z } from "zod";
import { SettingError, TerminalError } from "#core/errors.ts";
import type { DeadLetter, Delivery, Queue } from "#core/ports/queue.ts";
import { patience } from "../aws/patience.ts";
import { awsFailure } from "../aws/translated.ts";
import {
  countOf,
  findDeadLetters,
  mostEntries,
  type ReceiveOptions,
  reasonAttribute,
  receiveSome,
  sendAll,
  setVisibility,
} from "./sqs-requests.ts";

export interface SqsQueueOptions<Body> {
  /** `https://sqs.<region>.amazonaws.com/<account>/<name>`. Its redrive policy names the dead letters and how often is too often. */
  url: string;
  name: string;
  /** What a message must look like, on its way in and on its way out. */
  body: z.ZodType<Body>;
  visibilityMs: number;
}

/** A message as Lambda is handed it by an event source mapping, which received it and deletes it. */
interface MappedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
  /** Names the queue it is of. */
  readonly eventSourceARN?: string;
}

/** Amazon hands messages to Lambda by itself, which is another way in than {@link Queue.receive}. */
export interface SqsQueue<Body> extends Queue<Body> {
  /**
   * The message as a delivery of this queue, to be acknowledged, given back or buried like any other. One that cannot be
   * read is buried, and undefined.
   *
   * @throws SettingError when it is of another queue: it stays there
   */
  accept(message: MappedMessage): Promise<Delivery<Body> | undefined>;
}

/**
 * A look at dead letters. Without waiting, Amazon asks a few of its servers, and may find nothing where there is something; and
 * whoever is cut off while looking must not hide them for as long as a batch may take.
 */
const wholeLook = { hiddenSeconds: 60, waitSeconds: 1 };

/** A delivery this process has in hand, by its receipt. Burying needs the text, and Amazon does not give it again. */
interface Held {
  readonly messageId: string;
  readonly text: string;
  /** Milliseconds since the epoch: after that somebody else may have it. */
  readonly until: number;
}

/** By queue, so that every handle of this process knows what another was handed. */
const inHand = new Map<string, Map<string, Held>>();

/**
 * A queue of Amazon SQS, of the standard kind, with the dead-letter queue that its redrive policy names. Region, credentials
 * and an emulator's address come from the environment. `depth` is what Amazon says, which is about right and a little late;
 * delays are whole seconds, rounded up. Two things take two steps and may happen twice when cut off in between: burying
 * (sent to the dead letters, then deleted here) and redriving (sent here, then deleted there). Both are harmless, since
 * what a message asks for is done once however often it comes.
 */
export function openSqsQueue<Body>({ url, name, body, visibilityMs }: SqsQueueOptions<Body>): SqsQueue<Body> {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: patience });
  const visibilitySeconds = Math.ceil(visibilityMs / 1000);
  const held = inHand.get(url) ?? new Map<string, Held>();
  inHand.set(url, held);

  const guarded = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw awsFailure(error, `The queue ${name} could not be ${what}`);
    }
  };
  const parse = (text: string): Body | undefined => {
    try {
      return body.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  };
  let deadLetterAddress: Promise<string> | undefined;
  const deadLetterUrl = (): Promise<string> => {
    deadLetterAddress ??= guarded("asked for its dead letters", () => findDeadLetters(client, url, name));
    deadLetterAddress.catch(() => {
      deadLetterAddress = undefined;
    });
    return deadLetterAddress;
  };

  const hold = (messageId: string, receipt: string, text: string) => {
    // An older receipt of the same message has lost its power.
    for (const [old, known] of held) if (known.messageId === messageId) held.delete(old);
    held.set(receipt, { messageId, text, until: Date.now() + visibilitySeconds * 1000 });
  };
  /** What was in hand under the receipt and now is not; undefined when its time is over, or it was let go already. */
  const letGo = (receipt: string): Held | undefined => {
    const known = held.get(receipt);
    held.delete(receipt);
    return known && known.until > Date.now() ? known : undefined;
  };
  const bury = async (receipt: string, reason: string): Promise<void> => {
    const known = letGo(receipt);
    if (!known) return;
    const dead = await deadLetterUrl();
    await guarded("relieved of a message", async () => {
      const entry = { MessageBody: known.text, MessageAttributes: { [reasonAttribute]: asAttribute(reason) } };
      await sendAll(client, dead, name, [entry]);
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }));
    });
  };
  const accept = async (message: MappedMessage): Promise<Delivery<Body> | undefined> => {
    const { messageId, receiptHandle: receipt, body: text, attributes, eventSourceARN: from } = message;
    if (from !== undefined && !url.endsWith(`/${from.slice(from.lastIndexOf(":") + 1)}`)) {
      throw new SettingError(
        `A message of the queue ${from} was handed to the function of the queue ${name} (${url}).`,
        "Map each function to its own queue, and set the queues' addresses to the same.",
      );
    }
    hold(messageId, receipt, text);
    const parsed = parse(text);
    if (parsed !== undefined)
      return { body: parsed, receipt, receiveCount: Number(attributes.ApproximateReceiveCount) };
    await bury(receipt, "unreadable_message");
    return undefined;
  };
  const takeSome = (from: string, count: number, how?: ReceiveOptions): Promise<Message[]> =>
    guarded("received from", () => receiveSome(client, from, count, { hiddenSeconds: visibilitySeconds, ...how }));

  return {
    name,
    accept,
    async send(bodies) {
      const entries = bodies.map((one) => {
        const text = JSON.stringify(one);
        if (parse(text) === undefined) throw misshapen(name);
        return { MessageBody: text };
      });
      await guarded("sent to", () => sendAll(client, url, name, entries));
    },
    async receive(max) {
      const deliveries: Delivery<Body>[] = [];
      while (deliveries.length < max) {
        // What is in hand already is handed out, should a later request fail: it would be hidden for as long as a batch may take.
        const messages = await takeSome(url, max - deliveries.length).catch((error: unknown) => {
          if (deliveries.length === 0) throw error;
          return [];
        });
        if (messages.length === 0) break;
        for (const message of messages) {
          const delivery = await accept(asMapped(message));
          if (delivery) deliveries.push(delivery);
        }
      }
      return deliveries;
    },
    async acknowledge(receipt) {
      if (!letGo(receipt)) return;
      await guarded("relieved of a message", () =>
        client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt })),
      );
    },
    async giveBack(receipt, delayMs) {
      if (!letGo(receipt)) return;
      const seconds = Math.min(12 * 60 * 60, Math.max(0, Math.ceil(delayMs / 1000)));
      await guarded("given a message back", () => setVisibility(client, url, receipt, seconds));
    },
    bury,
    async depth() {
      const deadUrl = await deadLetterUrl();
      const [alive, dead] = await guarded("counted", () =>
        Promise.all([countOf(client, url), countOf(client, deadUrl)]),
      );
      return { waiting: alive.waiting, inFlight: alive.inFlight, dead: dead.waiting + dead.inFlight };
    },
    async deadLetters() {
      const dead = await deadLetterUrl();
      const seen = new Map<string, Message>();
      const receipts: string[] = [];
      try {
        for (;;) {
          const some = await takeSome(dead, mostEntries, wholeLook);
          if (some.length === 0) break;
          for (const message of some) {
            receipts.push(message.ReceiptHandle ?? "");
            seen.set(message.MessageId ?? "", message);
          }
        }
      } finally {
        // They were only looked at.
        await guarded("given a message back", () =>
          Promise.all(receipts.map((receipt) => setVisibility(client, dead, receipt, 0))),
        );
      }
      return [...seen.values()].map((message): DeadLetter<Body> => {
        const parsed = parse(message.Body ?? "");
        const given = message.MessageAttributes?.[reasonAttribute]?.StringValue;
        // Amazon moves a message there by itself when it was received too often, and gives no reason.
        const reason = given ?? (parsed === undefined ? "unreadable_message" : "too_many_receives");
        return { body: parsed, reason, diedAt: sentAt(message) };
      });
    },
    async redrive() {
      const dead = await deadLetterUrl();
      const begunAt = Date.now();
      let moved = 0;
      for (;;) {
        const some = await takeSome(dead, mostEntries, wholeLook);
        // What is given up again at once is left for the next time, or this would go on for ever.
        const [old, young] = [true, false].map((isOld) => some.filter((one) => sentAt(one) <= begunAt === isOld));
        await guarded("redriven", async () => {
          for (const { ReceiptHandle = "" } of young ?? []) await setVisibility(client, dead, ReceiptHandle, 0);
          const entries = (old ?? []).map(({ Body = "" }) => ({ MessageBody: Body }));
          await sendAll(client, url, name, entries);
          for (const { ReceiptHandle } of old ?? []) {
            await client.send(new DeleteMessageCommand({ QueueUrl: dead, ReceiptHandle }));
          }
        });
        if (!old?.length) return moved;
        moved += old.length;
      }
    },
    async close() {
      client.destroy();
    },
  };
}

function asMapped({ MessageId = "", ReceiptHandle = "", Body = "", Attributes }: Message): MappedMessage {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: { ApproximateReceiveCount: Attributes?.ApproximateReceiveCount ?? "1" },
  };
}

/** Milliseconds since the epoch. */
function sentAt({ Attributes }: Message): number {
  return Number(Attributes?.SentTimestamp ?? 0);
}

function asAttribute(text: string) {
  return { DataType: "String", StringValue: text };
}

function misshapen(name: string): TerminalError {
  return new TerminalError(
    `A message for the queue ${name} does not have that queue's shape.`,
    "This is a fault in the tracker; please report it.",
  );
}
