/** `aws <service> wait <condition>` (aws/aws-cli:awscli/customizations/waiters.py, boto/botocore:botocore/waiter.py). */
import { kebabName, type OperationModel, type ServiceModel } from '../../../protocols/clientCodec';
import { print } from '../console';
import { type ArgumentRule, parseArguments } from './argumentParser';
import { readBytes } from './configuration';
import { finishInput } from './customArguments';
import { CommandLineError, generalFailure, tooFewArguments } from './failures';
import { readOperationInput } from './operationInput';
import { type PlainStructure, type PlainValue, plainOutput } from './output/plainValue';
import { evaluate } from './query/query';
import { ServiceClient, ServiceFailure } from './serviceClient';
import type { CliSession } from './session';
import { skeletonText } from './skeleton';
import { validateInput } from './validation';
import { type Acceptor, type WaiterRule, waiterTable } from './waiterTable';
import { wireInput } from './wireInput';

/** What a poll brought: an answer, or a refusal by the service. */
type Poll =
  | { readonly kind: 'answer'; readonly output: PlainStructure; readonly status: number }
  | { readonly kind: 'refusal'; readonly code: string; readonly message: string; readonly status: number };

export function hasWaiters(service: ServiceModel): boolean {
  return waiterTable[service.name] !== undefined;
}

/** Polls until the condition holds. Throws {@link CliFailure} when it cannot hold any more or takes too long. */
export async function runWait(session: CliSession, service: ServiceModel, args: readonly string[]): Promise<number> {
  const { waiter, rest } = readWaiter(service, args);
  const operation = service.actions.get(waiter.operation);
  if (!operation) throw generalFailure(`The practice cloud does not have ${waiter.operation}.`);
  const { run, globals } = session;
  const { input, skeleton } = await readOperationInput(operation, rest, {
    paginate: globals.paginate,
    readBytes: path => readBytes(run, path),
  });
  if (skeleton) {
    await print(run, skeletonText(operation, skeleton));
    return 0;
  }
  const client = await ServiceClient.open(session, service, `wait.${kebabName(waiter.name)}`);
  const complete = finishInput(operation, input);
  validateInput(operation, complete);
  const wire = wireInput(operation.input, complete, session.binaryFormat()) as Record<string, unknown>;
  await waitFor(session, waiter, () => poll(client, operation, wire));
  return 0;
}

function readWaiter(service: ServiceModel, args: readonly string[]): { waiter: WaiterRule; rest: readonly string[] } {
  const waiters = waiterTable[service.name] ?? [];
  const names = waiters.map(({ name }) => kebabName(name));
  const subcommand: ArgumentRule = { name: 'subcommand', count: 'optional', choices: names };
  const { values, rest } = parseArguments(args, { options: [], positionals: [subcommand] });
  const wanted = values.get('subcommand')?.[0];
  const waiter = waiters[names.indexOf(wanted ?? '')];
  if (waiter) return { waiter, rest };
  if (rest.length > 0) throw new CommandLineError(`Unknown options: ${rest.join(',')}`);
  throw tooFewArguments(`${service.name} wait <subcommand> [parameters]`);
}

async function poll(client: ServiceClient, operation: OperationModel, input: Record<string, unknown>): Promise<Poll> {
  try {
    return { kind: 'answer', output: plainOutput(operation, await client.call(operation, input)), status: 200 };
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    const { code, message, status } = error.refusal;
    return { kind: 'refusal', code, message, status };
  }
}

async function waitFor({ run }: CliSession, waiter: WaiterRule, ask: () => Promise<Poll>): Promise<void> {
  let lastMatch: Acceptor | undefined;
  for (let attempt = 1; ; attempt++) {
    const result = await ask();
    const match = waiter.acceptors.find(acceptor => fits(acceptor, result));
    if (!match && result.kind === 'refusal')
      throw waiterFailure(waiter, `An error occurred (${result.code}): ${result.message}`);
    lastMatch = match ?? lastMatch;
    if (match?.state === 'success') return;
    if (match?.state === 'failure')
      throw waiterFailure(waiter, `Waiter encountered a terminal failure state: ${explanation(match)}`);
    if (attempt >= waiter.attempts) {
      const before = lastMatch ? `. Previously accepted state: ${explanation(lastMatch)}` : '';
      throw waiterFailure(waiter, `Max attempts exceeded${before}`);
    }
    await run.process.sleep(waiter.delaySeconds * 1_000);
  }
}

function waiterFailure({ name }: WaiterRule, reason: string): Error {
  return generalFailure(`Waiter ${name} failed: ${reason}`);
}

function fits(acceptor: Acceptor, result: Poll): boolean {
  if (acceptor.matcher === 'status') return result.status === acceptor.expected;
  if (acceptor.matcher === 'error') return result.kind === 'refusal' && result.code === acceptor.expected;
  if (result.kind === 'refusal') return false;
  const found = evaluate(acceptor.argument, result.output);
  if (acceptor.matcher === 'path') return found === acceptor.expected;
  const items = (Array.isArray(found) ? found : []) as readonly PlainValue[];
  const isMatch = (item: PlainValue) => item === acceptor.expected;
  return items.length > 0 && (acceptor.matcher === 'pathAll' ? items.every(isMatch) : items.some(isMatch));
}

function explanation(acceptor: Acceptor): string {
  switch (acceptor.matcher) {
    case 'path':
      return `For expression "${acceptor.argument}" we matched expected path: "${expectedText(acceptor)}"`;
    case 'pathAll':
      return `For expression "${acceptor.argument}" all members matched excepted path: "${expectedText(acceptor)}"`;
    case 'pathAny':
      return `For expression "${acceptor.argument}" we matched expected path: "${expectedText(acceptor)}" at least once`;
    case 'status':
      return `Matched expected HTTP status code: ${acceptor.expected}`;
    case 'error':
      return `Matched expected service error code: ${acceptor.expected}`;
  }
}

function expectedText({ expected }: Acceptor): string {
  return expected === true ? 'True' : String(expected);
}
