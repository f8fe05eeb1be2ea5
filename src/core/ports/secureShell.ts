import type { Disposable } from '../../base/disposable';
import type { Event } from '../../base/event';
import type { ChannelTransport } from './wire';

/** A key pair for one login. */
export interface LoginKey {
  /** One line in OpenSSH's form. */
  readonly publicKey: string;
  /** In OpenSSH's PEM. Kept in memory, never logged. */
  readonly privateKey: string;
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export interface SecureShellOptions {
  readonly userName: string;
  readonly key: LoginKey;
  readonly size: ScreenSize;
  readonly signal?: AbortSignal | undefined;
}

export type SecureShellEnd =
  /** The shell itself ended; the status is missing when a signal ended it. */
  | { readonly kind: 'exited'; readonly status: number | undefined }
  /** The connection went first. `reason`: what whoever closed it said, often nothing. */
  | { readonly kind: 'lost'; readonly reason: string };

/** A login shell on a terminal of the other machine. Dispose it to hang up. */
export interface SecureShell extends Disposable {
  /** `SHA256:…`, as ssh-keygen prints it. */
  readonly hostKeyFingerprint: string;
  /** Every byte once and in order; what came before the first listener is kept for it. */
  readonly onOutput: Event<Uint8Array>;
  /** Tells a late listener at once. */
  readonly onClose: Event<SecureShellEnd>;
  write(bytes: Uint8Array): void;
  resize(size: ScreenSize): void;
}

/** SSH's client side. */
export interface SecureShellClient {
  makeKey(): LoginKey;
  /**
   * Logs in over a connection, which it closes at the end, whatever the end. Rejects with `loginRefused`, with `channelFailed` when the
   * other end speaks no SSH that we know or breaks off, or with the signal's reason.
   */
  openShell(connection: ChannelTransport, options: SecureShellOptions): Promise<SecureShell>;
}
