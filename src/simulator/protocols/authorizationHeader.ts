import { ServiceFault } from './serviceFault';

/** What an `Authorization` header of Signature Version 4 says ("AWS Signature Version 4 for API requests"). */
export interface PresentedSignature {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** Lower-case names, in the order given. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const algorithm = 'AWS4-HMAC-SHA256';

/** Undefined without a header; throws a ServiceFault for one that is no complete signature of version 4. */
export function parseAuthorization(header: string | undefined): PresentedSignature | undefined {
  if (header === undefined || header === '') return undefined;
  const [word = '', ...rest] = header.trim().split(/\s+/);
  if (word !== algorithm) throw incomplete(`Unsupported Authorization algorithm; expected ${algorithm}.`);
  const fields = new Map(
    rest
      .join('')
      .split(',')
      .map((field): [string, string] => {
        const at = field.indexOf('=');
        return [field.slice(0, at), field.slice(at + 1)];
      }),
  );
  const credential = required(fields, 'Credential').split('/');
  const [accessKeyId = '', date = '', region = '', service = '', terminator] = credential;
  if (credential.length !== 5 || terminator !== 'aws4_request' || !/^\d{8}$/.test(date))
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential.join('/')}'`,
    );
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: required(fields, 'SignedHeaders').toLowerCase().split(';'),
    signature: required(fields, 'Signature'),
  };
}

function required(fields: ReadonlyMap<string, string>, name: string): string {
  const value = fields.get(name);
  if (!value) throw incomplete(`Authorization header requires '${name}' parameter.`);
  return value;
}

function incomplete(message: string): ServiceFault {
  return new ServiceFault('IncompleteSignature', message);
}
