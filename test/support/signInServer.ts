import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SignInAnswer {
  readonly status: number;
  readonly body: string;
  /** Name of the exception, as AWS's JSON services send it in a header. */
  readonly errorType?: string;
}

/** STS and IAM Identity Center on loopback, by what a test says they answer; remembers what was asked. */
export class SignInServer {
  readonly asked: { readonly what: string; readonly body: string }[] = [];
  readonly answers = new Map<string, (body: string) => SignInAnswer>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      request.on('end', () => {
        const what = whatIsAsked(request, body);
        this.asked.push({ what, body });
        const answer = this.answers.get(what)?.(body) ?? { status: 404, body: '{}' };
        if (answer.errorType) response.setHeader('x-amzn-errortype', answer.errorType);
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
      });
    });
  }

  static async start(): Promise<SignInServer> {
    const server = new SignInServer();
    await new Promise<void>(resolve => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  count(what: string): number {
    return this.asked.filter(each => each.what === what).length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

/** `AssumeRole` of a query service, `/token` of a REST one. */
function whatIsAsked({ url = '' }: IncomingMessage, body: string): string {
  return new URLSearchParams(body).get('Action') ?? url.split('?')[0] ?? '';
}

/** "AWS STS API Reference: AssumeRole". */
export function assumedRole(accessKeyId: string, expiration: Date): SignInAnswer {
  const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>secret-of-${accessKeyId}</SecretAccessKey>
<SessionToken>token-of-${accessKeyId}</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials>
<AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/r/x</Arn></AssumedRoleUser>
</AssumeRoleResult></AssumeRoleResponse>`;
  return { status: 200, body };
}

/** How STS refuses. */
export function stsRefusal(code: string, message: string): SignInAnswer {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code>
<Message>${message}</Message></Error><RequestId>11111111-2222-3333-4444-555555555555</RequestId></ErrorResponse>`;
  return { status: 403, body };
}
