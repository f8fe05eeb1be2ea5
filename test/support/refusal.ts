import assert from 'node:assert/strict';

export interface Refusal {
  /** The wire code, whichever of its two places the SDK puts it in. */
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
}

/** What an SDK call was refused with; fails when it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  let failure: unknown;
  try {
    await call;
  } catch (error) {
    failure = error;
  }
  if (!(failure instanceof Error)) throw new assert.AssertionError({ message: 'The call was not refused' });
  const { Code, name, message, $metadata } = failure as Error & {
    readonly Code?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  return { code: Code ?? name, message, status: $metadata?.httpStatusCode };
}

export async function codeOf(call: Promise<unknown>): Promise<string> {
  return (await refusalOf(call)).code;
}
