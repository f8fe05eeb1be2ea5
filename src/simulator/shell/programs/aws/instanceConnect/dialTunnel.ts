/** The WebSocket of a tunnel, as the AWS CLI opens it (awscli/customizations/ec2instanceconnect/websocket.py, with awscrt). */
import type { WireRequest } from '../../../../../core/ports/wire';
import { ConnectError } from '../../../../network/hostNetwork';
import { encodeRequest, readAnswer } from '../../../../network/http1';
import { openSecureStream } from '../../../../network/secureStream';
import { ByteReader } from '../../../../network/stream/byteReader';
import { acceptOf, WebSocketEnd } from '../../../../network/webSocket';
import type { Run } from '../../../system';
import { connectToAny } from '../../network/httpClient';
import { resolveHost } from '../../network/nameService';
import { generalFailure } from '../failures';
import { presignedParameters } from '../presignedParameters';
import type { ServiceClient } from '../serviceClient';
import { userAgent } from '../version';
import type { ConnectEndpointName } from './connectEndpoint';

export interface TunnelPlan {
  readonly endpoint: ConnectEndpointName;
  readonly address: string;
  readonly port: number;
  readonly maxDurationSeconds: number | undefined;
}

const securePort = 443;
const connectLimitMs = 5000;
const expiresInSeconds = 60;
const failures: Readonly<Record<ConnectError['failure'], string>> = {
  refused: 'AWS_IO_SOCKET_CONNECTION_REFUSED: socket connection refused.',
  timedOut: 'AWS_IO_SOCKET_TIMEOUT: socket operation timed out.',
  unreachable: 'AWS_IO_SOCKET_NO_ROUTE_TO_HOST: socket connect failure, no route to host.',
  reset: 'AWS_IO_SOCKET_CLOSED: socket is closed.',
};

/** Rejects with {@link CliFailure} when the service cannot be reached or does not let it through. */
export async function dialTunnel(run: Run, client: ServiceClient, plan: TunnelPlan): Promise<WebSocketEnd> {
  const { process, system } = run;
  const host = plan.endpoint.dnsName;
  const connection = await connect(run, host);
  const stream = await process.until(openSecureStream(connection, host));
  const key = btoa(String.fromCharCode(...system.chance.bytes(16)));
  const reader = new ByteReader(stream);
  stream.write(encodeRequest(await upgradeRequest(client, plan, key)));
  const answer = await process.until(readAnswer(reader, 'GET'));
  if (answer.status !== 101) await logError(run, new TextDecoder().decode(answer.body));
  if (answer.headers['sec-websocket-accept'] !== acceptOf(key, system.digests.sha1))
    throw generalFailure('AWS_ERROR_HTTP_WEBSOCKET_UPGRADE_FAILURE: Failed to upgrade HTTP connection to Websocket.');
  return new WebSocketEnd(stream, reader, system.chance);
}

async function connect(run: Run, host: string) {
  const lookup = await resolveHost(run, host);
  if (lookup.kind !== 'found')
    throw generalFailure('AWS_IO_DNS_INVALID_NAME: Host name was invalid for dns resolution.');
  const { addresses } = lookup;
  const plan = { addresses, port: securePort, timeoutMs: connectLimitMs, signal: run.process.abortSignal };
  try {
    return await connectToAny(run, plan, async () => undefined);
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    throw generalFailure(failures[error.failure]);
  }
}

async function upgradeRequest(client: ServiceClient, plan: TunnelPlan, key: string): Promise<WireRequest> {
  const host = plan.endpoint.dnsName;
  const parameters = new URLSearchParams({
    instanceConnectEndpointId: plan.endpoint.id,
    remotePort: String(plan.port),
    privateIpAddress: plan.address,
    ...(plan.maxDurationSeconds === undefined ? {} : { maxTunnelDuration: String(plan.maxDurationSeconds) }),
  });
  const unsigned = { method: 'GET', host, path: '/openTunnel', query: parameters.toString(), body: new Uint8Array() };
  const scope = { ...client.scope(), expiresInSeconds };
  const signature = await presignedParameters({ ...unsigned, headers: {} }, client.requireKeys(), scope);
  const headers = {
    'user-agent': userAgent('ec2-instance-connect', 'open-tunnel'),
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-key': key,
    'sec-websocket-version': '13',
  };
  return { ...unsigned, query: `${unsigned.query}&${signature}`, headers };
}

/** What the CLI's log shows at its standard level. */
export async function logError({ process }: Run, text: string): Promise<void> {
  const time = new Date(process.timeline.now()).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
  await process.write(2, `${time} - awscli.customizations.ec2instanceconnect.websocket - ERROR - ${text}\n`);
}
