import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { WireRequestHandler } from '../../../src/aws/wireRequestHandler';
import type { WireRequest, WireResponse } from '../../../src/core/ports/wire';
import { findService, type OperationModel } from '../../../src/simulator/protocols/clientCodec';
import { encodeAnswer, encodeFault } from '../../../src/simulator/protocols/serverCodec';
import { ServiceFault } from '../../../src/simulator/protocols/serviceFault';
import { schemaValue } from '../../support/schemaValues';

/** Our modules of the SDK, and the package that each takes from. */
const services = {
  ec2: 'client-ec2',
  ssm: 'client-ssm',
  sts: 'client-sts',
  iam: 'client-iam',
  kms: 'client-kms',
  elbv2: 'client-elastic-load-balancing-v2',
  instanceConnect: 'client-ec2-instance-connect',
} as const;

/** The AWS CLI's name for the service, where the module has another. */
const cliNames: Readonly<Record<string, string>> = { instanceConnect: 'ec2-instance-connect' };

type Sdk = Readonly<Record<string, new (input: unknown) => unknown>>;

/** What one client sent, and what it made of the reply. */
interface Exchange {
  readonly requests: readonly object[];
  readonly outcome: unknown;
}

const { buildLikeHost } = (await import(pathToFileURL('esbuild.mjs').href)) as {
  buildLikeHost(entryPoints: readonly string[], folder: string): Promise<number>;
};

describe('the SDK as it ships', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(process.cwd(), 'out', 'shipped-sdk-'));
    await buildLikeHost(
      Object.keys(services).map(name => `src/aws/services/${name}.ts`),
      folder,
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, packageName] of Object.entries(services)) {
    it(`sends and understands for ${name} what the whole client does, errors included`, async () => {
      const shipped = (await import(pathToFileURL(join(folder, `${name}.js`)).href)) as Sdk;
      const whole = (await import(`@aws-sdk/${packageName}`)) as Sdk;
      const commands = Object.keys(shipped).filter(key => key.endsWith('Command'));
      assert.ok(commands.length > 0);
      const clientName = Object.keys(whole).find(key => /^[A-Z]\w*Client$/.test(key) && !key.startsWith('__'));
      const [ours, theirs] = [new TalkativeClient(shipped, 'Client'), new TalkativeClient(whole, clientName ?? '')];
      const errors = modelledErrors(whole);
      for (const [index, command] of commands.entries()) {
        const operation = findService(cliNames[name] ?? name)?.actions.get(command.replace(/Command$/, ''));
        assert.ok(operation, command);
        for (const { input, reply } of samplesOf(operation, index === 0 ? errors : errors.slice(0, 1))) {
          assert.deepEqual(
            await ours.exchange(command, input, reply),
            await theirs.exchange(command, input, reply),
            command,
          );
        }
      }
    });
  }
});

/** Names of the errors that the client has a class for. */
function modelledErrors(whole: Sdk): readonly string[] {
  return Object.entries(whole)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Error)
    .map(([name]) => name);
}

function samplesOf(operation: OperationModel, errors: readonly string[]) {
  const options = { emptyLists: false, isXml: operation.service.protocol !== 'awsJson1_1', depth: 3 };
  const values = (schema: OperationModel['input'], seed: number) =>
    schema.isStructSchema() ? fc.sample(schemaValue(schema, options), { numRuns: 2, seed }) : [{}];
  const inputs = values(operation.input, 1);
  const answers = values(operation.output, 2).map(output => encodeAnswer(operation, output, 'the-request'));
  const codes = ['Some.Unknown.Code', 'UnauthorizedOperation', ...errors];
  const faults = codes.map(code => encodeFault(operation.service, new ServiceFault(code, `about ${code}`, 400), 'it'));
  return [...answers, ...faults].map((reply, index) => ({ input: inputs[index % inputs.length], reply }));
}

interface Sender {
  send(command: unknown): Promise<unknown>;
}

/** A client that keeps what it sends, and is answered what the test says. */
class TalkativeClient {
  readonly #client: Sender;
  #requests: object[] = [];
  #reply: WireResponse = { status: 500, headers: {}, body: new Uint8Array() };

  constructor(
    private readonly sdk: Sdk,
    clientName: string,
  ) {
    const Client = sdk[clientName];
    assert.ok(Client, clientName);
    this.#client = new Client({
      region: 'ap-south-1',
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
      requestHandler: new WireRequestHandler(async request => {
        this.#requests.push(comparable(request));
        return this.#reply;
      }),
    }) as Sender;
  }

  async exchange(command: string, input: unknown, reply: WireResponse): Promise<Exchange> {
    const Command = this.sdk[command];
    assert.ok(Command, command);
    this.#requests = [];
    this.#reply = reply;
    const outcome = await this.#client.send(new Command(structuredClone(input))).catch(failureOf);
    return { requests: this.#requests, outcome };
  }
}

/**
 * A request without what differs from call to call, time, signature and random identifiers, and without the client's own version: the
 * packages' CommonJS half was published with that of the day before.
 */
function comparable({ headers, body, ...rest }: WireRequest): object {
  const { authorization, 'x-amz-date': _date, 'amz-sdk-invocation-id': _invocation, ...stable } = headers;
  const agents = Object.fromEntries(
    ['user-agent', 'x-amz-user-agent'].map(name => [name, headers[name]?.replace(/3\.1\d\d\d\.\d/g, 'version')]),
  );
  const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
  const signed = /SignedHeaders=([^,]*)/.exec(authorization ?? '')?.[1];
  return {
    ...rest,
    headers: { ...stable, 'x-amz-content-sha256': '', ...agents },
    signed,
    body: Buffer.from(body).toString().replace(uuid, 'uuid'),
  };
}

/** All that a program can tell of an error; the class itself is another in each copy of the SDK. */
function failureOf(error: unknown): object {
  assert.ok(error instanceof Error);
  const {
    stack: _stack,
    $response: _response,
    ...facts
  } = Object.fromEntries(Object.getOwnPropertyNames(error).map(key => [key, error[key as keyof Error]])) as Record<
    string,
    unknown
  >;
  return { ...facts, name: error.name, message: error.message };
}
