import type { AwsCredentials } from './connection';

const SERVICE = 'ssmmessages';
/** Names of the headers as the official client sends them. */
const headerNames: Readonly<Record<string, string>> = {
  authorization: 'Authorization',
  'x-amz-date': 'X-Amz-Date',
  'x-amz-security-token': 'X-Amz-Security-Token',
};

/**
 * Signature Version 4 for the WebSocket upgrade of a data channel, as aws/session-manager-plugin does it since 1.2.764: over GET, the host and
 * the query decoded and encoded anew (a raw `+` counts as a blank), while the URL that is dialled keeps its text. Nothing is signed
 * when the URL carries a signature already.
 */
export async function signChannel(
  streamUrl: string,
  by: { readonly credentials: AwsCredentials; readonly region: string; readonly nowMs: number },
): Promise<Readonly<Record<string, string>>> {
  const url = new URL(streamUrl);
  if ([...url.searchParams.keys()].some(name => /^x-amz-/i.test(name))) return {};
  const [{ SignatureV4 }, { Hash }] = await Promise.all([import('@smithy/signature-v4'), import('@smithy/hash-node')]);
  const signer = new SignatureV4({
    service: SERVICE,
    region: by.region,
    credentials: by.credentials,
    sha256: Hash.bind(null, 'sha256'),
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: queryOf(url.searchParams),
      headers: { host: url.host },
    },
    { signingDate: new Date(by.nowMs) },
  );
  return Object.fromEntries(
    Object.entries(signed.headers).flatMap(([name, value]) => {
      const wireName = headerNames[name];
      return wireName === undefined ? [] : [[wireName, value]];
    }),
  );
}

function queryOf(parameters: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const name of parameters.keys()) {
    const values = parameters.getAll(name);
    query[name] = values.length === 1 ? (values[0] as string) : values;
  }
  return query;
}
