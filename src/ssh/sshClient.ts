import { createHash } from 'node:crypto';
import Client, { type ClientError } from 'ssh2/lib/client.js';
import keygen from 'ssh2/lib/keygen.js';
import { LabError } from '../core/errors';
import type { LoginKey, SecureShell, SecureShellClient, SecureShellOptions } from '../core/ports/secureShell';
import type { ChannelTransport } from '../core/ports/wire';
import { ChannelShell } from './channelShell';
import { TunnelStream } from './tunnelStream';

/** From the first byte to being logged in. */
const readyTimeoutMs = 20_000;

/** What OpenSSH takes by default (sshd_config(5): Ciphers), but for ChaCha20-Poly1305, which `ssh2` does in WebAssembly. */
const ciphers = ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr'];

/** SSH by the library `ssh2`. */
export const sshClient: SecureShellClient = { makeKey, openShell };

function makeKey(): LoginKey {
  const pair = keygen.generateKeyPairSync('ed25519', { comment: 'vpc-endpoint-labs' });
  return { publicKey: pair.public, privateKey: pair.private };
}

function openShell(connection: ChannelTransport, options: SecureShellOptions): Promise<SecureShell> {
  const { userName, key, size, signal } = options;
  const stream = new TunnelStream(connection);
  const client = new Client();
  let fingerprint = '';
  return new Promise<SecureShell>((resolve, reject) => {
    const onAbort = () => reject(signal?.reason);
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    // Stays for good: an error that nobody listens to would end the process.
    client.on('error', error => reject(failureOf(error, userName)));
    client.on('close', () => reject(new LabError('channelFailed', { detail: stream.closeReason })));
    client.on('ready', () => {
      signal?.removeEventListener('abort', onAbort);
      const screen = { term: 'xterm-256color', cols: size.columns, rows: size.rows };
      client.shell(screen, (error, channel) => {
        if (error) reject(failureOf(error, userName));
        else resolve(new ChannelShell(channel, { client, stream, fingerprint }));
      });
    });
    client.connect({
      sock: stream,
      username: userName,
      privateKey: key.privateKey,
      authHandler: ['publickey'],
      algorithms: { cipher: ciphers },
      readyTimeout: readyTimeoutMs,
      hostVerifier: hostKey => {
        fingerprint = `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=+$/, '')}`;
        return true;
      },
    });
  }).catch(error => {
    stream.destroy();
    throw error;
  });
}

function failureOf(error: ClientError, userName: string): LabError {
  if (error.level === 'client-authentication') return new LabError('loginRefused', { userName }, { cause: error });
  return new LabError('channelFailed', { detail: error.message }, { cause: error });
}
