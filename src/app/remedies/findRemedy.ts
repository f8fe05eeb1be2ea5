import { LabError } from '../../core/errors';
import type { VpcId } from '../../core/ids';
import type { Scope } from '../appModel';
import { quotasUrlOf } from '../resourceAddresses';
import type { Stores } from '../stores';
import { AWS_CLI_INSTALL_PAGE } from './awsCliInstallPage';
import { missingRightPolicy } from './missingRight';
import { connectEndpointOfVpc, dependent, rivalForName, rivalForRoute, serviceOfBalancer } from './neighbours';
import type { InstanceDeed, Remedy, RevealingView } from './remedy';
import { remedyTable, type Wish } from './remedyTable';
import { sudoRuleCommand } from './sudoRule';

/** Where an error came about. */
export interface ErrorPlace {
  readonly scope: Scope | undefined;
  readonly stores: Stores;
  /** Whether the same can be done again. */
  readonly canRepeat: boolean;
}

/** The one button of an error: what its table wants, or the log where that cannot be had. Never rejects. */
export async function findRemedy(error: unknown, place: ErrorPlace): Promise<Remedy> {
  if (!(error instanceof LabError)) return { kind: 'showLog' };
  const found = await wishes[remedyTable[error.code]](error, place);
  return found ?? { kind: 'showLog' };
}

type Grant = (error: LabError, place: ErrorPlace) => Remedy | undefined | Promise<Remedy | undefined>;
type Neighbour = typeof dependent;

const wishes: Readonly<Record<Wish, Grant>> = {
  signIn: (_error, { scope }) => (scope?.signIn ? { kind: 'signIn', scope } : undefined),
  repeat,
  refresh: (error, place) =>
    error.parameters.kind === undefined ? { kind: 'refresh', scope: place.scope } : repeat(error, place),
  copyIamPolicy: error => {
    const text = missingRightPolicy(error);
    return text === undefined ? undefined : { kind: 'copy', what: 'iamPolicy', text };
  },
  installTcpdump: (error, place) => onInstance('installTcpdump', error, place),
  openShell: (error, place) => onInstance('openShell', error, place),
  copySudoRule: error => ({ kind: 'copy', what: 'command', text: sudoRuleCommand(error) }),
  repeatOnAny: (_error, { canRepeat }) => (canRepeat ? { kind: 'repeatOnAny' } : undefined),
  openWayToRepository: (error, { scope }) =>
    reveal(
      scope,
      error.parameters.endpointId ??
        (error.parameters.installer === 'apt-get' ? error.parameters.instanceId : undefined),
    ) ??
    (scope && { kind: 'createGatewayEndpoint', scope }),
  wakeInstance,
  installAwsCli: () => ({ kind: 'openPage', page: 'awsCliInstall', url: AWS_CLI_INSTALL_PAGE }),
  showQuotas: async (error, place) =>
    (error.parameters.limit === 'InstanceConnectEndpointLimitExceeded'
      ? await neighbour(connectEndpointOfVpc, error, place)
      : undefined) ?? quotas(error, place),
  changeDnsAttributes: onScope(({ parameters: { vpcId } }, scope) => ({
    kind: 'changeDnsAttributes',
    scope,
    vpcId: vpcId === undefined || vpcId === '' ? undefined : (vpcId as VpcId),
  })),
  createGatewayEndpoint: onScope((_error, scope) => ({ kind: 'createGatewayEndpoint', scope })),
  allowChanges: onScope((_error, scope) => ({ kind: 'allowChanges', scope })),
  openAwsConfig: (_error, { scope }) => (scope && !scope.saved ? undefined : { kind: 'openAwsConfig' }),
  openProxySettings: () => ({ kind: 'openProxySettings' }),
  manageTrust: () => ({ kind: 'manageTrust' }),
  startPractice: () => ({ kind: 'startPractice' }),
  revealEndpoint: ({ parameters }, { scope }) => reveal(scope, parameters.endpointId),
  revealService: ({ parameters }, { scope }) => reveal(scope, parameters.serviceId),
  revealPeering: ({ parameters: { id, detail } }, { scope }) =>
    reveal(scope, id || /\bpcx-[0-9a-f]+\b/.exec(detail ?? '')?.[0]),
  revealInstance: ({ parameters }, { scope }) => reveal(scope, parameters.instanceId),
  revealRivalName: (error, place) => neighbour(rivalForName, error, place),
  revealRivalRoute: (error, place) => neighbour(rivalForRoute, error, place),
  revealServiceOfBalancer: (error, place) => neighbour(serviceOfBalancer, error, place),
  revealDependent: (error, place) => neighbour(dependent, error, place),
  showLog: () => ({ kind: 'showLog' }),
};

/** What helps an instance that Session Manager does not reach, by why it does not (`explainUnconnected`). */
async function wakeInstance(error: LabError, place: ErrorPlace): Promise<Remedy | undefined> {
  const { reach, state, instanceId } = error.parameters;
  const deed = reach === 'noProfile' ? 'attachProfile' : state === 'stopped' ? 'start' : undefined;
  const found = reach === 'registering' ? repeat(error, place) : deed && (await onInstance(deed, error, place));
  return found ?? reveal(place.scope, instanceId);
}

async function onInstance(
  deed: InstanceDeed,
  { parameters: { instanceId } }: LabError,
  { scope, stores }: ErrorPlace,
): Promise<Remedy | undefined> {
  const entries = scope && instanceId ? await stores.instances.load(scope).catch(() => []) : [];
  const entry = entries.find(({ instance }) => instance.id === instanceId);
  return scope && entry && { kind: 'onInstance', deed, scope, instance: entry.instance };
}

function repeat(_error: LabError, { canRepeat }: ErrorPlace): Remedy | undefined {
  return canRepeat ? { kind: 'repeat' } : undefined;
}

function onScope(make: (error: LabError, scope: Scope) => Remedy): Grant {
  return (error, { scope }) => scope && make(error, scope);
}

function quotas({ parameters: { action = '', limit = '' } }: LabError, { scope }: ErrorPlace): Remedy | undefined {
  const url = scope && quotasUrlOf(quotaService(action, limit), scope);
  return url === undefined ? undefined : { kind: 'openPage', page: 'quotas', url };
}

/** Service Quotas lists what EC2 refuses under two services: networks, and everything else. */
function quotaService(action: string, limit: string): string {
  const [service] = action.split(':');
  if (service && service !== 'ec2') return service;
  return /^(?:Vcpu|Instance(?!Connect)|Address|Volume)/.test(limit) ? 'ec2' : 'vpc';
}

async function neighbour(find: Neighbour, error: LabError, { scope, stores }: ErrorPlace): Promise<Remedy | undefined> {
  return scope && reveal(scope, await find(stores, scope, error));
}

const viewPrefixes: readonly (readonly [RegExp, RevealingView])[] = [
  [/^vpce-svc-[0-9a-f]+$/, 'services'],
  [/^(?:vpce|eice)-[0-9a-f]+$/, 'endpoints'],
  [/^pcx-[0-9a-f]+$/, 'peering'],
  [/^i-[0-9a-f]+$/, 'instances'],
];

function reveal(scope: Scope | undefined, id: string | undefined): Remedy | undefined {
  const view = id && viewPrefixes.find(([pattern]) => pattern.test(id))?.[1];
  return scope && id && view ? { kind: 'reveal', scope, view, id } : undefined;
}
