import type { Agent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Logger } from '@smithy/types';
import type { Log } from '../base/log';
import type { CallOptions } from '../core/ports/calls';
import type { AwsConnection } from './connection';
import { translateError } from './errors';
import { collectInTurn } from './turnstile';
import { WireRequestHandler } from './wireRequestHandler';

export interface HttpOptions {
  abortSignal?: AbortSignal;
}

/** One AWS service of one connection: its SDK chunk and its client come into being at the first call. */
export class Service<Api, Client extends object> {
  readonly connection: AwsConnection;
  readonly #load: () => Promise<Api>;
  readonly #make: (api: Api) => Client;
  #ready: Promise<{ readonly api: Api; readonly client: Client }> | undefined;

  constructor(connection: AwsConnection, load: () => Promise<Api>, make: (api: Api) => Client) {
    this.connection = connection;
    this.#load = load;
    this.#make = make;
  }

  /** One request: logged with its duration, its errors translated. `action` is the name that IAM knows: `ec2:DescribeVpcs`. */
  async call<Answer>(
    action: string,
    send: (client: Client, api: Api, http: HttpOptions) => Promise<Answer>,
    { signal, isRehearsal }: CallOptions = {},
  ): Promise<Answer> {
    const { clock, log, region } = this.connection;
    const startedMs = clock.now();
    const inTime = () => `${action} in ${region}, ${Math.round(clock.now() - startedMs)} ms`;
    try {
      signal?.throwIfAborted();
      const { api, client: sender } = await this.#start();
      const client = isRehearsal ? (await import('./rehearsal')).rehearsing(sender) : sender;
      // A signal of its own for each request: the parts of a snapshot are read side by side, and every handler listens.
      const answer = await send(client, api, signal ? { abortSignal: AbortSignal.any([signal]) } : {});
      log.debug(inTime());
      return answer;
    } catch (caught) {
      signal?.throwIfAborted();
      const error = translateError(caught, action);
      if (error.code === 'credentialsExpired' || error.code === 'credentialsRefused')
        this.connection.forgetCredentials?.();
      this.connection.noteFailure?.(error);
      const request = error.requestId ? `, request ${error.requestId}` : '';
      if (error.code === 'rehearsalPassed') log.debug(`${inTime()}: would be allowed`);
      else log.warn(`${inTime()}: ${error.cloudCode ?? error.code}${request}`);
      throw error;
    }
  }

  #start(): Promise<{ readonly api: Api; readonly client: Client }> {
    this.#ready ??= this.#load().then(api => ({ api, client: this.#make(api) }));
    return this.#ready;
  }
}

/** How requests travel over HTTP. */
export function httpHandler(agent: Agent | undefined) {
  const timeouts = { connectionTimeout: 5_000, requestTimeout: 30_000 };
  return agent ? { ...timeouts, httpAgent: agent, httpsAgent: agent as HttpsAgent } : timeouts;
}

/**
 * The SDK describes every answer, member by member, before it asks its logger whether `info` is wanted: where there is no such method,
 * nothing is described.
 */
function warningsTo(log: Log): Logger {
  return { warn: (...content: unknown[]) => log.warn(content.join(' ')) } as Logger;
}

/**
 * What every client is made with. The environment and the config files have no say: a scope says all of it. `service` is the id by which
 * the shared config may name an address of its own.
 */
export function clientConfig(connection: AwsConnection, service?: string) {
  const endpoint = connection.serviceEndpointUrls?.[service ?? ''] ?? connection.endpointUrl;
  return {
    region: connection.region as string,
    // `memoized`: the connection itself remembers them, and knows when they are no good any more.
    credentials: Object.assign(() => connection.credentials(), { memoized: true }),
    // Signatures are dated by the connection's clock; the SDK corrects this further when the cloud disagrees.
    systemClockOffset: Math.round(connection.clock.now() - Date.now()),
    maxAttempts: 3,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: 'vpc-endpoint-labs',
    ignoreConfiguredEndpointUrls: true,
    authSchemePreference: [] as string[],
    ...(endpoint === undefined ? {} : { endpoint }),
    streamCollector: collectInTurn,
    logger: warningsTo(connection.log),
    requestHandler: connection.requestHandler
      ? new WireRequestHandler(connection.requestHandler)
      : httpHandler(connection.agent),
  } as const;
}
