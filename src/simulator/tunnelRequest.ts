import { parseIpv4 } from '../core/ipv4';
import type { WireResponse } from '../core/ports/wire';
import { readQuery } from './protocols/rest/restQuery';
import { ServiceFault } from './protocols/serviceFault';

/** What a tunnel is asked for with (aws/aws-cli:awscli/customizations/ec2instanceconnect/eicesigner.py). */
export interface TunnelRequest {
  readonly endpointId: string;
  /** Private IPv4. */
  readonly address: string;
  readonly port: number;
  readonly maxDurationSeconds: number;
}

export const tunnelPath = '/openTunnel';

/** "EC2 Instance Connect Endpoint: Considerations". */
const remotePorts: readonly number[] = [22, 3389];
const longestSeconds = 3600;

/** Reads the query of an upgrade; throws a ServiceFault for what the service does not take. */
export function readTunnelRequest(query: string): TunnelRequest {
  const values = readQuery(query);
  const endpointId = values.get('instanceConnectEndpointId') ?? '';
  const address = values.get('privateIpAddress') ?? '';
  const port = Number(values.get('remotePort') ?? '');
  const maxDurationSeconds = Number(values.get('maxTunnelDuration') ?? longestSeconds);
  if (!/^eice-[0-9a-f]+$/.test(endpointId))
    throw invalid('The specified InstanceConnectEndpointId is not valid. Specify a valid ID and retry your request.');
  if (parseIpv4(address) === undefined)
    throw invalid('The specified PrivateIpAddress is not valid. Specify a valid address and retry your request.');
  if (!remotePorts.includes(port))
    throw invalid(
      'The specified RemotePort is not valid. Specify either 22 or 3389 as the RemotePort and retry your request.',
    );
  if (!Number.isInteger(maxDurationSeconds) || maxDurationSeconds < 1 || maxDurationSeconds > longestSeconds)
    throw invalid(
      `The specified MaxTunnelDuration is not valid. Specify a value from 1 to ${longestSeconds} and retry your request.`,
    );
  return { endpointId, address, port, maxDurationSeconds };
}

function invalid(message: string): ServiceFault {
  return new ServiceFault('InvalidParameter', message);
}

/** A refusal to upgrade, as the AWS CLI shows it. */
export function tunnelRefusal({ code, message, status }: ServiceFault): WireResponse {
  const body = new TextEncoder().encode(JSON.stringify({ ErrorCode: code, Message: message }));
  return { status, headers: { 'content-type': 'application/json', 'content-length': String(body.length) }, body };
}
