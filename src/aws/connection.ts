import type { Agent } from 'node:http';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { LabError } from '../core/errors';
import type { Region } from '../core/ids';
import type { SessionTicket } from '../core/ports/sessionGateway';
import type { ChannelTransport, WireHandler } from '../core/ports/wire';

/** Keys that sign requests. Kept in memory only, never logged. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** How one scope reaches its cloud: AWS, an `endpoint_url`, or the practice cloud behind a request handler. */
export interface AwsConnection {
  readonly region: Region;
  /** Asked before every signature that finds its keys old; rejects with what the provider rejects with. */
  readonly credentials: () => Promise<AwsCredentials>;
  /** Says that AWS did not take the keys, so that the next request gets new ones. */
  readonly forgetCredentials?: () => void;
  /** Takes the place of every service's own address. */
  readonly endpointUrl?: string;
  /** The same for single services, by the id that the shared config gives them: `ec2`, `elastic_load_balancing_v2`. */
  readonly serviceEndpointUrls?: Readonly<Record<string, string>>;
  /** How requests leave this machine; by default straight ahead. */
  readonly agent?: Agent;
  /** Takes the place of HTTP. */
  readonly requestHandler?: WireHandler;
  /** Dials a session's stream with these headers on the upgrade request. */
  readonly openChannel: (
    ticket: SessionTicket,
    signedHeaders: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ) => Promise<ChannelTransport>;
  /** Dials a tunnel of an EC2 Instance Connect Endpoint by its presigned URL. */
  readonly openTunnel: (url: string, signal?: AbortSignal) => Promise<ChannelTransport>;
  /** Told of what a request failed with, before whoever asked is. */
  readonly noteFailure?: (error: LabError) => void;
  readonly clock: Clock;
  readonly log: Log;
}
