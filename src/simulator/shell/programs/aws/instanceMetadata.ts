/** The client of the instance metadata service over the guest's network (boto/botocore:botocore/utils.py, IMDSFetcher). */
import type { WireResponse } from '../../../../core/ports/wire';
import { ConnectError } from '../../../network/hostNetwork';
import { sendHttp } from '../../../network/http1';
import { StreamError } from '../../../network/stream/byteReader';
import type { SigningKeys } from '../../../protocols/clientCodec';
import { decodeText } from '../../kernel/text';
import type { Run } from '../../system';
import { userAgent } from './version';

const address = '169.254.169.254';
const timeoutMs = 1_000;
const tokenSeconds = 21_600;

export class InstanceMetadata {
  #token: Promise<string | undefined> | undefined;

  constructor(private readonly run: Run) {}

  /** From the availability zone, as the CLI does it; undefined when the service does not answer. */
  async region(): Promise<string | undefined> {
    const zone = await this.#read('/latest/meta-data/placement/availability-zone/');
    return zone?.trim().slice(0, -1) || undefined;
  }

  /** Keys of the instance's role; undefined when it has none. */
  async credentials(): Promise<SigningKeys | undefined> {
    const path = '/latest/meta-data/iam/security-credentials/';
    const role = (await this.#read(path))?.split('\n')[0]?.trim();
    if (!role) return undefined;
    const text = await this.#read(path + role);
    return text === undefined ? undefined : readKeys(text);
  }

  async #read(path: string): Promise<string | undefined> {
    if (this.run.process.environment.get('AWS_EC2_METADATA_DISABLED')?.toLowerCase() === 'true') return undefined;
    this.#token ??= this.#fetchToken();
    const token = await this.#token;
    const response = await this.#send('GET', path, token === undefined ? {} : { 'x-aws-ec2-metadata-token': token });
    return response?.status === 200 ? decodeText(response.body) : undefined;
  }

  /** Undefined where there is only version 1. */
  async #fetchToken(): Promise<string | undefined> {
    const response = await this.#send('PUT', '/latest/api/token', {
      'x-aws-ec2-metadata-token-ttl-seconds': String(tokenSeconds),
    });
    return response?.status === 200 ? decodeText(response.body) : undefined;
  }

  async #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<WireResponse | undefined> {
    const { process, system } = this.run;
    try {
      const connection = await process.until(
        system.network.connectTcp(address, 80, { timeoutMs, signal: process.abortSignal }),
      );
      process.resources.add({ dispose: () => connection.close() });
      const request = {
        method,
        host: address,
        path,
        query: '',
        headers: { 'user-agent': userAgent('', ''), accept: '*/*', ...headers },
        body: new Uint8Array(0),
      };
      const response = await process.until(sendHttp(connection, request));
      connection.close();
      return response;
    } catch (error) {
      if (error instanceof ConnectError || error instanceof StreamError) return undefined;
      throw error;
    }
  }
}

function readKeys(text: string): SigningKeys | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { AccessKeyId, SecretAccessKey, Token } = (document ?? {}) as Record<string, unknown>;
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return undefined;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof Token === 'string' ? { sessionToken: Token } : {}),
  };
}
