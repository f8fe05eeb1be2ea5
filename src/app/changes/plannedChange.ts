import type { CallOptions } from '../../core/ports/calls';

/** A line of what will happen, in words. The icon is a codicon's name. */
export interface ChangeFact {
  readonly icon: string;
  readonly label: string;
  readonly text: string;
}

/** Something that a change has made, and how to take it away again. */
export interface MadeThing {
  /** Its AWS id, or its name where it has none. */
  readonly id: string;
  /** What people call it: `security group vpc-labs-ec2`. */
  readonly label: string;
  remove(options: CallOptions): Promise<void>;
}

/** What a running change gets and tells. */
export interface ChangeContext {
  /**
   * Ask it between two writes, and hand it to what only reads or waits. A write is never aborted in flight: its answer says what exists.
   */
  readonly signal: AbortSignal;
  /** What is being done now: "Waiting for the load balancer". */
  report(text: string): void;
  /** Say so as soon as it exists, so that it can be named and removed when the rest fails or is cancelled. */
  made(thing: MadeThing): void;
}

/** A write that a person can read before it happens. An operation of `app` plans it, `ui` shows it, a lab step may run it. */
export interface PlannedChange<Result> {
  /** Verb and object, as on a button: "Create the endpoint". */
  readonly label: string;
  /** While it runs: "Creating the endpoint". */
  readonly doing: string;
  readonly facts: readonly ChangeFact[];
  /** What may be lost or surprise: open connections that drop, a name that stops resolving. */
  readonly warnings: readonly string[];
  /** What it adds to the bill, at us-east-1 prices; 0 for nothing. */
  readonly hourlyPriceUsd: number;
  /** The AWS CLI lines that do the same, quoted for a POSIX shell. */
  readonly commandLines: readonly string[];
  /** The decisive call with the options of a rehearsal; absent where AWS offers none. */
  readonly rehearse?: (options: CallOptions) => Promise<unknown>;
  run(context: ChangeContext): Promise<Result>;
}

/** A write that destroys, cuts off or refuses: asked for in one dialog that names account and scope. */
export interface PlannedRemoval<Result = void> {
  /** On the button: "Delete Endpoint". */
  readonly verb: string;
  /** "Delete vpce-0abc…" without the question mark. */
  readonly question: string;
  /** While it runs. */
  readonly doing: string;
  /** What goes away, what depends on it, what it stops costing; one sentence each. */
  readonly losses: readonly string[];
  run(context: ChangeContext): Promise<Result>;
}
