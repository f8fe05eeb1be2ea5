import type { AwsCredentials } from './connection';

const service = 'ec2-instance-connect';
/** As long as the AWS CLI gives a URL (aws/aws-cli:awscli/customizations/ec2instanceconnect/eicesigner.py). */
const expiresInSeconds = 60;

export interface TunnelQuery {
  readonly instanceConnectEndpointId: string;
  readonly remotePort: string;
  readonly privateIpAddress: string;
}

/** The presigned URL that opens a tunnel at an endpoint's address: `wss://<endpoint's DNS name>`, or what stands in its place. */
export async function signTunnel(
  origin: string,
  query: TunnelQuery,
  by: { readonly credentials: AwsCredentials; readonly region: string; readonly nowMs: number },
): Promise<string> {
  const [{ SignatureV4 }, { Hash }] = await Promise.all([import('@smithy/signature-v4'), import('@smithy/hash-node')]);
  const signer = new SignatureV4({
    service,
    region: by.region,
    credentials: by.credentials,
    sha256: Hash.bind(null, 'sha256'),
  });
  const { host, hostname, protocol } = new URL(origin);
  const signed = await signer.presign(
    { method: 'GET', protocol, hostname, path: '/openTunnel', query: { ...query }, headers: { host } },
    { expiresIn: expiresInSeconds, signingDate: new Date(by.nowMs) },
  );
  const pairs = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `${protocol}//${host}/openTunnel?${pairs.join('&')}`;
}
