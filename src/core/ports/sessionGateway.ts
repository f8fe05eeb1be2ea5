import type { InstanceId } from '../ids';
import type { CallOptions } from './calls';
import type { ChannelTransport } from './wire';

export type SessionDocument =
  | { readonly name: 'SSM-SessionManagerRunShell' }
  | { readonly name: 'AWS-StartInteractiveCommand'; readonly command: string };

/** The secret part of a session answer: for opening the socket only, never logged. */
export interface SessionTicket {
  readonly sessionId: string;
  readonly streamUrl: string;
  readonly token: string;
}

/** A key of AWS KMS's making: in clear, and as only KMS can read it. Never logged. */
export interface DataKey {
  /** 64 bytes. */
  readonly plaintext: Uint8Array;
  readonly ciphertextBlob: Uint8Array;
}

export interface SessionGateway {
  startSession(target: InstanceId, document: SessionDocument, options?: CallOptions): Promise<SessionTicket>;
  /** Undefined when the session is over. */
  resumeSession(sessionId: string, options?: CallOptions): Promise<SessionTicket | undefined>;
  /** Resolves, too, when the service knows the session no longer. */
  terminateSession(sessionId: string, options?: CallOptions): Promise<void>;
  /** A data key for a session that the account encrypts; the same context is needed to decrypt it. */
  generateDataKey(
    keyId: string,
    encryptionContext: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<DataKey>;
  /** Opens the socket with a signed upgrade and current credentials. */
  openChannel(ticket: SessionTicket, options?: CallOptions): Promise<ChannelTransport>;
}
