/** A message in a worker's hands. Until its visibility runs out, no one else receives it. */
export interface Delivery<Body> {
  readonly body: Body;
  /** Names this delivery, not the message: a redelivered message has another receipt, and the old one has no power. */
  readonly receipt: string;
  /** How often the message has been handed out, this time included. */
  readonly receiveCount: number;
}

/** A message that was given up, with why. */
export interface DeadLetter<Body> {
  /** Undefined when it can no longer be read as this queue's message; reason `unreadable_message` when that is why it died. */
  readonly body: Body | undefined;
  /** A code, never a value from a till file. */
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly diedAt: number;
}

/**
 * A durable queue with the promises of Amazon SQS and no more: at least once, in no order. A message received
 * `maxReceives` times and never acknowledged is dead-lettered at the next receive, as `too_many_receives`; one whose body
 * cannot be read as this queue's message, as `unreadable_message`.
 */
export interface Queue<Body> {
  readonly name: string;
  send(bodies: readonly Body[]): Promise<void>;
  /** Up to `max` messages, possibly none. Does not wait. */
  receive(max: number): Promise<Delivery<Body>[]>;
  /** The message is done. No effect when the receipt is no longer the current one. */
  acknowledge(receipt: string): Promise<void>;
  /** Hand the message out again after `delayMs`. No effect when the receipt is no longer the current one. */
  giveBack(receipt: string, delayMs: number): Promise<void>;
  /** Trying again will not help. No effect when the receipt is no longer the current one. */
  bury(receipt: string, reason: string): Promise<void>;
  /** Messages waiting, in flight and dead. */
  depth(): Promise<{ waiting: number; inFlight: number; dead: number }>;
  deadLetters(): Promise<DeadLetter<Body>[]>;
  /** Puts every dead letter back as a new message. Returns how many. */
  redrive(): Promise<number>;
  close(): Promise<void>;
}
