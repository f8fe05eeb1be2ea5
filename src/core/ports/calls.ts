/** Every call rejects with a `LabError`, or with the signal's reason when aborted. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Asks whether the call would be allowed and does nothing: rejects with `rehearsalPassed` when it would be, as AWS's `DryRun` does, with
   * the refusal when not, and with `rehearsalNotOffered`, before anything is sent, where AWS has no `DryRun`. Never resolves.
   */
  readonly isRehearsal?: boolean;
}

/** Of a list that comes in pages. */
export interface ListOptions<T> extends CallOptions {
  /** Hears the items of each page as it comes, before the whole list resolves. */
  readonly onPage?: ((items: readonly T[]) => void) | undefined;
}
