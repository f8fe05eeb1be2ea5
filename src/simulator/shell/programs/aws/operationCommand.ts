/** One operation of a service, called as its flags say (aws/aws-cli:awscli/clidriver.py, ServiceOperation). */
import { kebabName, type OperationModel } from '../../../protocols/clientCodec';
import { print } from '../console';
import { readBytes } from './configuration';
import { finishInput } from './customArguments';
import { type Answer, display } from './display';
import { generalFailure } from './failures';
import { type OperationInput, readOperationInput } from './operationInput';
import { writeOutfile } from './outfile';
import { isStructure, plainOutput } from './output/plainValue';
import { pagesOf } from './paging';
import { ServiceClient } from './serviceClient';
import type { CliSession } from './session';
import { skeletonOf, skeletonText } from './skeleton';
import { validateInput } from './validation';
import { wireInput } from './wireInput';

/** Resolves with the exit status. Throws {@link CliFailure}. */
export async function runOperation(
  session: CliSession,
  operation: OperationModel,
  args: readonly string[],
): Promise<number> {
  const { run, globals } = session;
  const given = await readOperationInput(operation, args, {
    paginate: globals.paginate,
    readBytes: path => readBytes(run, path),
  });
  if (given.skeleton && given.skeleton !== 'output') {
    await print(run, skeletonText(operation, given.skeleton));
    return 0;
  }
  const client = await ServiceClient.open(session, operation.service, kebabName(operation.name));
  const complete = finishInput(operation, given.input);
  validateInput(operation, complete);
  const wire = wireInput(operation.input, complete, session.binaryFormat()) as Record<string, unknown>;
  if (operation.service.name === 'ssm' && operation.name === 'StartSession')
    return startSession(client, operation, wire);
  await display(session, operation, await answerOf(session, client, operation, wire, given));
  return 0;
}

async function answerOf(
  session: CliSession,
  client: ServiceClient,
  operation: OperationModel,
  input: Record<string, unknown>,
  { paging, outfile, skeleton }: OperationInput,
): Promise<Answer> {
  if (skeleton === 'output') {
    const example = skeletonOf(operation.output, true);
    return { kind: 'whole', output: isStructure(example) ? example : {} };
  }
  const call = async (page: Readonly<Record<string, unknown>>) =>
    plainOutput(operation, await client.call(operation, page));
  if (paging) {
    const { paginator, request } = paging;
    return { kind: 'pages', paginator, pages: pagesOf(paginator, call, input, request) };
  }
  if (!outfile) return { kind: 'whole', output: await call(input) };
  const { [outfile.member]: content, ...shown } = await client.call(operation, input);
  await writeOutfile(session.run, outfile.path, content);
  return { kind: 'whole', output: plainOutput(operation, shown) };
}

/** The CLI hands a session to a plugin that an instance does not have, and ends it again (awscli/customizations/sessionmanager.py). */
async function startSession(
  client: ServiceClient,
  operation: OperationModel,
  input: Record<string, unknown>,
): Promise<never> {
  const { SessionId } = await client.call(operation, input);
  const terminate = operation.service.actions.get('TerminateSession');
  if (terminate) await client.call(terminate, { SessionId });
  throw generalFailure(
    'SessionManagerPlugin is not found. Please refer to SessionManager Documentation here: http://docs.aws.amazon.com/console/systems-manager/session-manager-plugin-not-found',
  );
}
