import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { LabError } from '../core/errors';

export interface TrustOptions {
  /** Whether what the operating system trusts counts. */
  readonly hasSystemCertificates: boolean;
  /** A file of more certificates, as `AWS_CA_BUNDLE` names one for the AWS CLI. */
  readonly bundlePath: string | undefined;
}

/** In Node since 22.15; before, its own list and NODE_EXTRA_CA_CERTS are all there is. */
type CertificateReader = (kind: 'default' | 'system') => readonly string[];

/**
 * What a server's certificate is held against: Node's own list with NODE_EXTRA_CA_CERTS, the system's, and a bundle. Undefined: Node's
 * default is all of it. Rejects with `fileUnreadable`.
 */
export async function trustedCertificates(options: TrustOptions): Promise<tls.SecureContext | undefined> {
  const { getCACertificates: read } = tls as { getCACertificates?: CertificateReader };
  const system = options.hasSystemCertificates ? (read?.('system') ?? []) : [];
  const bundle = options.bundlePath === undefined ? [] : [await readBundle(options.bundlePath)];
  if (system.length + bundle.length === 0) return undefined;
  return tls.createSecureContext({
    ca: [...new Set([...(read?.('default') ?? tls.rootCertificates), ...system, ...bundle])],
  });
}

async function readBundle(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new LabError('fileUnreadable', { file: path }, { cause });
  }
}
