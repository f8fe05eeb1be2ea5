import { LabError } from '../core/errors';
import type { ChannelClose } from '../core/ports/wire';
import { refusedInAnswer, translateError } from './errors';

/** A tunnel was closed before anything came out of it. */
export class TunnelClosed extends Error {
  constructor(readonly close: ChannelClose) {
    super(`Closed with ${close.code} ${close.reason}`);
  }
}

interface Refusal {
  readonly ErrorCode?: string;
  readonly Message?: string;
}

const action = 'ec2-instance-connect:OpenTunnel';
const lostLink = 1006;

/**
 * Why there is no tunnel. The service refuses in JSON (`ErrorCode`, `Message`), in the answer to the upgrade; what was let through and
 * reaches nobody is closed with 1011 "Unable to connect to target".
 */
export function tunnelFailure(caught: unknown, about: Readonly<Record<string, string>>): LabError {
  const refusal = refusalIn(caught);
  if (refusal) return refused(refusal, about);
  if (!(caught instanceof TunnelClosed)) return translateError(caught, action);
  const { code, reason } = caught.close;
  if (code === lostLink) return new LabError('channelFailed', { ...about, detail: reason }, { cause: caught });
  return new LabError('tunnelUnanswered', { ...about, detail: reason }, { cause: caught });
}

function refusalIn(caught: unknown): Refusal | undefined {
  if (caught instanceof TunnelClosed) return parse(caught.close.reason);
  return caught instanceof LabError && caught.code === 'requestRefused' ? parse(caught.parameters.detail) : undefined;
}

function parse(text = ''): Refusal | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'ErrorCode' in value ? (value as Refusal) : undefined;
  } catch {
    return undefined;
  }
}

function refused({ ErrorCode = '', Message = '' }: Refusal, about: Readonly<Record<string, string>>): LabError {
  const origin = { cloudCode: ErrorCode };
  if (ErrorCode === 'InvalidState') return new LabError('tunnelNotReady', { ...about, detail: Message }, origin);
  if (ErrorCode === 'LimitExceeded') return new LabError('tunnelsTaken', { ...about, detail: Message }, origin);
  if (ErrorCode === 'ResourceNotFound')
    return new LabError('resourceNotFound', { id: about.endpointId ?? '', detail: Message }, origin);
  return refusedInAnswer({ Code: ErrorCode, Message }, action, about);
}
