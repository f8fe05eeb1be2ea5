/** `aws ec2-instance-connect ssh` (aws/aws-cli:awscli/customizations/ec2instanceconnect/ssh.py). */
import { findService, type OperationModel } from '../../../../protocols/clientCodec';
import { waitForEnd } from '../../../kernel/kernel';
import { shellStatusOf } from '../../../kernel/process';
import { makeEd25519, publicKeyLine } from '../../../ssh/sshKeys';
import { startChild } from '../../child';
import { type ArgumentRule, parseArguments } from '../argumentParser';
import { CommandLineError } from '../failures';
import { ServiceClient } from '../serviceClient';
import type { CliSession } from '../session';
import { describeInstance, findConnectEndpoint } from './connectEndpoint';

const options: readonly ArgumentRule[] = [
  { name: 'instance-id', count: 'one', isRequired: true },
  ...['instance-ip', 'private-key-file', 'os-user', 'local-forwarding', 'eice-options'].map(
    (name): ArgumentRule => ({ name, count: 'one' }),
  ),
  { name: 'ssh-port', count: 'one', isInteger: true },
  { name: 'connection-type', count: 'one', choices: ['auto', 'direct', 'eice'] },
];
const noShellStatus = 127;

type Values = ReadonlyMap<string, readonly string[]>;
type EndpointOptions = Readonly<Record<string, string | undefined>>;

export async function runSsh(session: CliSession, args: readonly string[]): Promise<number> {
  const { values, rest } = parseArguments(args, { options, positionals: [] });
  if (rest.length > 0) throw new CommandLineError(`Unknown options: ${rest.join(',')}`);
  const one = (name: string) => values.get(name)?.[0];
  const id = one('instance-id') ?? '';
  const eice = endpointOptions(one('eice-options'));
  checkValues(values, id, eice);
  const instance = await describeInstance(session, id);
  const way = wayTo(instance, one, Object.keys(eice).length > 0);
  const proxy = way.isTunnel ? await proxyCommand(session, values, { ...way, id, instance, eice }) : undefined;
  const userName = one('os-user') ?? 'ec2-user';
  const keyFile = one('private-key-file') ?? (await pushNewKey(session, id, userName));
  const command = [
    ...['ssh', '-o', 'ServerAliveInterval=5', '-p', one('ssh-port') ?? '22', '-i', keyFile],
    `${userName}@${way.address}`,
    ...(one('local-forwarding') === undefined ? [] : ['-L', one('local-forwarding') ?? '']),
    ...(proxy === undefined ? [] : ['-o', `ProxyCommand=${proxy}`]),
  ];
  const { run } = session;
  const child = startChild(run, command, {}, async () => noShellStatus);
  return shellStatusOf(await waitForEnd(run.process, child));
}

/** `maxTunnelDuration=…,endpointId=…,dnsName=…` */
function endpointOptions(text: string | undefined): EndpointOptions {
  return Object.fromEntries(
    (text ?? '').split(',').flatMap(pair => {
      const [, name, value] = /^(\w+)=(.*)$/.exec(pair) ?? [];
      return name === undefined ? [] : [[name, value]];
    }),
  );
}

function checkValues(values: Values, id: string, eice: EndpointOptions): void {
  const type = values.get('connection-type')?.[0] ?? 'auto';
  if (!/^i-[0-9a-zA-Z]+$/.test(id))
    throw new CommandLineError(
      'The specified instance ID is invalid. Provide the full instance ID in the form i-xxxxxxxxxxxxxxxxx.',
    );
  if (type === 'direct' && values.has('eice-options'))
    throw new CommandLineError("eice-options can't be specified when connection type is direct.");
  if (eice.dnsName !== undefined && eice.endpointId === undefined)
    throw new CommandLineError('When specifying dnsName, you must specify endpointId.');
  if (values.has('instance-ip') && type === 'auto')
    throw new CommandLineError('When specifying instance-ip, you must specify connection-type.');
}

interface Way {
  readonly address: string;
  readonly isTunnel: boolean;
}

function wayTo(
  instance: Readonly<Record<string, unknown>>,
  one: (name: string) => string | undefined,
  hasEndpointOptions: boolean,
): Way {
  const { PublicIpAddress: open, PrivateIpAddress: inside } = instance;
  const type = one('connection-type') ?? 'auto';
  const isTunnel = type === 'eice' || hasEndpointOptions || (type === 'auto' && typeof open !== 'string');
  const address = one('instance-ip') ?? (isTunnel ? inside : (open ?? inside));
  if (typeof address === 'string') return { address, isTunnel };
  throw new CommandLineError('Unable to find any IP address on the instance to connect to.');
}

interface ProxyPlan extends Way {
  readonly id: string;
  readonly instance: Readonly<Record<string, unknown>>;
  readonly eice: EndpointOptions;
}

/** What ssh starts in place of a connection. */
async function proxyCommand(session: CliSession, values: Values, plan: ProxyPlan): Promise<string> {
  const { eice, instance } = plan;
  const endpoint =
    eice.endpointId !== undefined && eice.dnsName !== undefined
      ? { id: eice.endpointId, dnsName: eice.dnsName }
      : await findConnectEndpoint(session, { id: eice.endpointId, vpcId: instance.VpcId, subnetId: instance.SubnetId });
  const { region, profile } = session.globals;
  const flags: readonly (readonly [string, string | undefined])[] = [
    ['instance-id', plan.id],
    ['private-ip-address', plan.address],
    ['remote-port', values.get('ssh-port')?.[0] ?? '22'],
    ['region', region],
    ['profile', profile],
    ['instance-connect-endpoint-id', endpoint.id],
    ['instance-connect-endpoint-dns-name', endpoint.dnsName],
    ['max-tunnel-duration', eice.maxTunnelDuration],
  ];
  const given = flags.flatMap(([name, text]) => (text === undefined ? [] : [`--${name}`, text]));
  return ['aws', 'ec2-instance-connect', 'open-tunnel', ...given].join(' ');
}

/** A key for this login alone: its private half in a file that goes with the program. */
async function pushNewKey(session: CliSession, id: string, userName: string): Promise<string> {
  const { process, system } = session.run;
  const { privatePem, publicKey } = makeEd25519(system.digests, system.chance.fork(`connect ${process.pid}`), '');
  const operation = findService('ec2-instance-connect')?.actions.get('SendSSHPublicKey') as OperationModel;
  const client = await ServiceClient.open(session, operation.service, 'ssh');
  const SSHPublicKey = publicKeyLine(publicKey, '').trim();
  await client.call(operation, { InstanceId: id, InstanceOSUser: userName, SSHPublicKey });
  const files = system.disk.as(process.user);
  const folder = `/tmp/tmp${system.chance.hex(8)}`;
  const path = `${folder}/private-key`;
  await files.mkdir(folder, { recursive: true });
  await files.writeFile(path, privatePem);
  await files.chmod(path, 0o400);
  process.resources.add({
    dispose: () => void files.rm(folder, { recursive: true, force: true }).catch(() => undefined),
  });
  return path;
}
