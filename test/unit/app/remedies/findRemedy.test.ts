import assert from 'node:assert/strict';
import type { Scope } from '../../../../src/app/appModel';
import { noteErrorScope, scopeIdOfError } from '../../../../src/app/errorScope';
import { planGatewayEndpoint } from '../../../../src/app/operations/planGatewayEndpoint';
import { readGatewayChoices } from '../../../../src/app/operations/readGatewayChoices';
import { findRemedy } from '../../../../src/app/remedies/findRemedy';
import { remedyTable } from '../../../../src/app/remedies/remedyTable';
import { createStores } from '../../../../src/app/stores';
import type { Clock } from '../../../../src/base/clock';
import { Emitter } from '../../../../src/base/event';
import { type ErrorCode, LabError } from '../../../../src/core/errors';
import { known } from '../../../../src/core/snapshot';
import { remedyWords } from '../../../../src/words/remedies';
import { EndpointDesk } from '../../../support/endpointDesk';
import { FakeCloud } from '../../../support/fakeGateways';
import { HandClock } from '../../../support/handClock';
import { instance } from '../../../support/networkBuilders';
import { PracticeScopes } from '../../../support/practiceScopes';

const codes = Object.keys(remedyTable) as ErrorCode[];

const storesOf = (scope: Scope, clock: Clock) =>
  createStores({ scopes: [scope], onDidChange: new Emitter<void>().event }, clock);

/** Errors of a scope whose cloud is made of a few values. */
function setUp(changes: Partial<Scope> = {}) {
  const cloud = new FakeCloud();
  const scope: Scope = { ...cloud.scope, ...changes };
  const stores = storesOf(scope, new HandClock());
  const remedy = (code: ErrorCode, parameters = {}, canRepeat = true) =>
    findRemedy(new LabError(code, parameters), { scope, stores, canRepeat });
  return { cloud, scope, stores, remedy };
}

const live = { kind: 'live', saved: { profile: 'work', region: 'ap-south-1' } } as const;

describe('the one button of an error', () => {
  it('is there for every error, with words on it, whatever is known', async () => {
    const { stores, scope } = setUp({ ...live, signIn: async () => undefined });
    for (const code of codes)
      for (const place of [scope, undefined])
        for (const canRepeat of [true, false]) {
          const remedy = await findRemedy(new LabError(code), { scope: place, stores, canRepeat });
          assert.ok(remedyWords(remedy), code);
          assert.ok(canRepeat || remedy.kind !== 'repeat', code);
        }
  });

  it('is the log only for errors that nothing else helps', () => {
    assert.deepEqual(codes.filter(code => remedyTable[code] === 'showLog').sort(), [
      'captureFailed',
      'fileUnreadable',
      'internal',
      'ledgerUnknown',
      'notMadeByLab',
      'rehearsalNotOffered',
      'rehearsalPassed',
      'requestRefused',
      'stepNotDone',
    ]);
  });

  it('signs in again where the scope can, else leads to the log', async () => {
    const { scope, remedy } = setUp({ ...live, signIn: async () => undefined });
    assert.deepEqual(await remedy('credentialsExpired'), { kind: 'signIn', scope });
    assert.deepEqual(await setUp().remedy('credentialsExpired'), { kind: 'showLog' });
  });

  it('copies the right that AWS missed, as a policy that can be attached', async () => {
    const { remedy } = setUp();
    const found = await remedy('accessDenied', {
      action: 'ec2:DescribeVpcs',
      detail:
        'You are not authorized to perform this operation. User: arn:aws:iam::111122223333:user/student is not authorized to perform: ec2:CreateTags on resource: arn:aws:ec2:ap-south-1:111122223333:vpc-endpoint/* because no identity-based policy allows the ec2:CreateTags action',
    });
    assert.ok(found.kind === 'copy');
    assert.deepEqual(JSON.parse(found.text), {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'ec2:CreateTags',
          Resource: 'arn:aws:ec2:ap-south-1:111122223333:vpc-endpoint/*',
        },
      ],
    });
    const short = await remedy('accessDenied', { action: 'ec2:DescribeVpcs', detail: 'You are not authorized.' });
    assert.ok(short.kind === 'copy');
    assert.match(short.text, /"Action": "ec2:DescribeVpcs",\s+"Resource": "\*"/);
  });

  it('copies no policy where another right would not help, or none is named', async () => {
    const { remedy } = setUp();
    const asked = (end: string) =>
      remedy('accessDenied', { action: 'ec2:X', detail: `User is not authorized to perform: ec2:X ${end}` });
    for (const end of [
      'with an explicit deny in an identity-based policy',
      'because no VPC endpoint policy allows the ec2:X action',
      'because no service control policy allows the ec2:X action',
      'because no resource-based policy allows the ec2:X action',
    ])
      assert.deepEqual(await asked(end), { kind: 'showLog' }, end);
    assert.deepEqual(await remedy('accessDenied', { action: 'subnets' }), { kind: 'showLog' });
  });

  it('opens the quotas of the service that has them, where there is a console', async () => {
    const url = async (limit: string, action = 'ec2:CreateVpcEndpoint') => {
      const found = await setUp(live).remedy('limitExceeded', { limit, action });
      return found.kind === 'openPage' ? found.url : '';
    };
    assert.equal(
      await url('VpcEndpointLimitExceeded'),
      'https://ap-south-1.console.aws.amazon.com/servicequotas/home/services/vpc/quotas?region=ap-south-1',
    );
    assert.match(await url('VcpuLimitExceeded'), /services\/ec2\/quotas/);
    assert.match(
      await url('TooManyLoadBalancers', 'elasticloadbalancing:CreateLoadBalancer'),
      /services\/elasticloadbalancing\//,
    );
    assert.deepEqual(await setUp().remedy('limitExceeded', { limit: 'VpcLimitExceeded' }), { kind: 'showLog' });
  });

  it('helps an instance by what is wrong with it, and shows it where nothing else helps', async () => {
    const { cloud, scope, remedy } = setUp();
    const own = instance();
    cloud.snapshot = { ...cloud.snapshot, instances: known([own]) };
    const help = async (code: ErrorCode, parameters = {}) => {
      const found = await remedy(code, { instanceId: own.id, ...parameters });
      return found.kind === 'onInstance' ? [found.deed, found.instance.id] : found;
    };
    const shown = { kind: 'reveal', scope, view: 'instances', id: own.id };
    assert.deepEqual(await help('targetNotConnected', { reach: 'notRunning', state: 'stopped' }), ['start', own.id]);
    assert.deepEqual(await help('targetNotConnected', { reach: 'notRunning', state: 'stopping' }), shown);
    assert.deepEqual(await help('targetNotConnected', { reach: 'noProfile' }), ['attachProfile', own.id]);
    assert.deepEqual(await help('targetNotConnected', { reach: 'registering' }), { kind: 'repeat' });
    assert.deepEqual(await help('targetNotConnected', { reach: 'connectionLost' }), shown);
    assert.deepEqual(await help('captureToolMissing'), ['installTcpdump', own.id]);
    assert.deepEqual(await help('installFailed'), ['openShell', own.id]);
    assert.deepEqual(await help('captureInterfaceMissing'), { kind: 'repeatOnAny' });
  });

  it('opens the way to a package repository by what is on it already', async () => {
    const { scope, remedy } = setUp();
    const open = (parameters: Readonly<Record<string, string>>) => remedy('repositoryUnreachable', parameters);
    assert.deepEqual(await open({ installer: 'dnf' }), { kind: 'createGatewayEndpoint', scope });
    const ofEndpoint = { kind: 'reveal', scope, view: 'endpoints', id: 'vpce-0123456789abcdef0' };
    assert.deepEqual(await open({ installer: 'dnf', endpointId: 'vpce-0123456789abcdef0' }), ofEndpoint);
    const ofInstance = { kind: 'reveal', scope, view: 'instances', id: 'i-0123456789abcdef0' };
    assert.deepEqual(await open({ installer: 'apt-get', instanceId: 'i-0123456789abcdef0' }), ofInstance);
  });

  it('copies the rule that allows sudo to the user of sessions, and puts nothing else into it', async () => {
    const { remedy } = setUp();
    const line = (user: string) => `echo '${user} ALL=(ALL) NOPASSWD:ALL' | sudo tee -a /etc/sudoers.d/ssm-agent-users`;
    for (const [user, named] of [
      ['ec2-user', 'ec2-user'],
      ["x' | reboot", 'ssm-user'],
      ['', 'ssm-user'],
    ] as const)
      assert.deepEqual(await remedy('captureNotPermitted', { user }), {
        kind: 'copy',
        what: 'command',
        text: line(named),
      });
  });

  it('tries again only where the same can be done again', async () => {
    const { scope, remedy } = setUp();
    assert.deepEqual(await remedy('throttled'), { kind: 'repeat' });
    assert.deepEqual(await remedy('throttled', {}, false), { kind: 'showLog' });
    assert.deepEqual(await remedy('answerLost'), { kind: 'refresh', scope });
    assert.deepEqual(await remedy('resourceNotFound', { kind: 'a VPC' }), { kind: 'repeat' });
  });

  it('knows the scope of an error from what caused it, and the nearest counts', () => {
    const { scope } = setUp();
    const cause = new LabError('throttled');
    noteErrorScope(cause, scope.id);
    noteErrorScope(cause, 'practice:other' as typeof scope.id);
    assert.equal(scopeIdOfError(new LabError('peeringNotAnswerable', {}, { cause })), scope.id);
    assert.equal(scopeIdOfError(new LabError('throttled')), undefined);
    assert.equal(scopeIdOfError('text'), undefined);
  });
});

describe('the button that shows what stands in the way', () => {
  let desk: EndpointDesk;
  before(PracticeScopes.load);
  beforeEach(() => {
    desk = new EndpointDesk();
  });
  afterEach(() => desk.dispose());

  /** What a refused write offers. */
  async function offered(write: Promise<unknown>) {
    const error = await desk.run(write).then(
      () => assert.fail('AWS should have refused it'),
      (caught: unknown) => caught,
    );
    assert.equal(scopeIdOfError(error), desk.scope.id);
    const stores = storesOf(desk.scope, desk.practice.timeline);
    try {
      return await desk.run(findRemedy(error, { scope: desk.scope, stores, canRepeat: true }));
    } finally {
      stores.dispose();
    }
  }

  it('shows the endpoint that answers for the name already', async () => {
    const first = await desk.interfaceEndpoint('ec2', true);
    const { endpoints } = await desk.gateways();
    const remedy = await offered(
      endpoints.createInterfaceEndpoint({
        ...first,
        privateDnsEnabled: true,
        clientToken: 'another',
      }),
    );
    assert.deepEqual(remedy, { kind: 'reveal', scope: desk.scope, view: 'endpoints', id: first.id });
  });

  it('shows the gateway endpoint to which a route table leads already', async () => {
    const choices = await desk.run(readGatewayChoices(desk.scope));
    const [vpc, service] = [choices.vpcs[0], choices.services[0]];
    assert.ok(vpc && service && choices.snapshot.routeTables.known);
    const table = choices.snapshot.routeTables.value.find(({ vpcId }) => vpcId === vpc.id);
    assert.ok(table);
    const request = { vpcId: vpc.id, serviceName: service.serviceName, routeTableIds: [table.id], name: undefined };
    const first = await desk.carryOut(planGatewayEndpoint(desk.scope, choices, request));
    const remedy = await offered(desk.carryOut(planGatewayEndpoint(desk.scope, choices, request)));
    assert.deepEqual(remedy, { kind: 'reveal', scope: desk.scope, view: 'endpoints', id: first.id });
  });

  it('shows what keeps a security group, a subnet or a VPC from being deleted', async () => {
    const first = await desk.interfaceEndpoint();
    const { network, vpcs, endpoints } = await desk.gateways();
    const { vpcId } = first;
    const groupId = await desk.run(network.createSecurityGroup({ vpcId, name: 'a', description: 'a', tags: {} }));
    const second = { ...first, securityGroupIds: [groupId], privateDnsEnabled: false, clientToken: 'another' };
    const { id } = await desk.run(endpoints.createInterfaceEndpoint(second));
    const [subnetId] = first.subnetIds;
    assert.ok(subnetId);
    const ofGroup = await offered(network.deleteSecurityGroup(groupId));
    assert.deepEqual(ofGroup, { kind: 'reveal', scope: desk.scope, view: 'endpoints', id });
    const ofSubnet = await offered(vpcs.deleteSubnet(subnetId));
    assert.ok(ofSubnet.kind === 'reveal', ofSubnet.kind);
    const ofVpc = await offered(vpcs.deleteVpc(first.vpcId));
    assert.ok(ofVpc.kind === 'reveal' && /^(?:i|vpce)-/.test(ofVpc.id));
  });

  it('shows the Instance Connect endpoint that a VPC has already', async () => {
    const first = await desk.interfaceEndpoint();
    const { instanceConnectEndpoints } = await desk.gateways();
    const [subnetId] = first.subnetIds;
    assert.ok(subnetId);
    const make = (clientToken: string) =>
      instanceConnectEndpoints.createInstanceConnectEndpoint({
        subnetId,
        securityGroupIds: [],
        preservesClientIp: false,
        tags: {},
        clientToken,
      });
    const { id } = await desk.run(make('one'));
    assert.deepEqual(await offered(make('other')), { kind: 'reveal', scope: desk.scope, view: 'endpoints', id });
  });
});
