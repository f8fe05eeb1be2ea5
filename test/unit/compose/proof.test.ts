import assert from 'node:assert/strict';
import type { Scope } from '../../../src/app/appModel';
import { CaptureSession } from '../../../src/app/captureSession';
import type { CreateInterfaceEndpointRequest } from '../../../src/app/endpointPlan';
import { EndpointStore } from '../../../src/app/endpointStore';
import { createInterfaceEndpoint } from '../../../src/app/operations/createInterfaceEndpoint';
import { planEndpoint } from '../../../src/app/operations/planEndpoint';
import { readEndpointChoices } from '../../../src/app/operations/readEndpointChoices';
import { runOnInstance } from '../../../src/app/operations/runOnInstance';
import { summarizeEndpoint } from '../../../src/app/operations/summarizeEndpoint';
import type { CaptureLimits } from '../../../src/core/captureOptions';
import type { InstanceId, VpcEndpointId } from '../../../src/core/ids';
import { unpackColumns } from '../../../src/packet/packing';
import { PracticeScopes } from '../../support/practiceScopes';

const limits: CaptureLimits = { mode: 'lines', packetLimit: 1_000, timeLimitSeconds: 600, snapLengthBytes: 256 };
const COMMAND = 'aws ec2 describe-instances --region ap-south-1 --no-cli-pager';

describe('the proof, from endpoint to verdict', function () {
  this.timeout(120_000);
  let practice: PracticeScopes;
  let scope: Scope;
  let instanceId: InstanceId;

  before(() => PracticeScopes.load());

  beforeEach(async () => {
    practice = new PracticeScopes();
    scope = practice.provider;
    await practice.pass(120_000);
    const gateways = await scope.gateways();
    const [instance] = await practice.run(gateways.instances.listInstances());
    assert.ok(instance);
    instanceId = instance.id;
  });

  afterEach(() => practice.dispose());

  async function makeEndpoint(answers: Partial<CreateInterfaceEndpointRequest> = {}): Promise<VpcEndpointId> {
    const store = new EndpointStore(practice.timeline);
    const choices = await practice.run(readEndpointChoices(scope, { instanceId }));
    const summary = summarizeEndpoint(choices, planEndpoint(choices, answers));
    const { id } = await practice.run(createInterfaceEndpoint(scope, choices, summary, { store }));
    const watch = store.watch(scope);
    await practice.until(() => store.find(scope, id)?.endpoint.state === 'available');
    watch.dispose();
    return id;
  }

  async function capture(endpointId?: VpcEndpointId, command = COMMAND) {
    const target = { scope, instanceId, ...(endpointId ? { endpointId } : {}) };
    const session = new CaptureSession(target, { ports: practice.ports, limits });
    let rows = 0;
    session.onRows(({ first, count }) => {
      assert.equal(first, rows);
      rows += count;
    });
    session.onReset(() => {
      rows = 0;
    });
    await practice.run(session.start(session.status.startOptions));
    assert.equal(session.status.phase, 'running', `${session.status.error} ${session.rawText().text}`);
    const gateways = await scope.gateways();
    const result = await practice.run(
      runOnInstance(gateways.sessions, instanceId, command, { ports: practice.ports, timeLimitMs: 10 * 60_000 }),
    );
    await practice.pass(2_000);
    await practice.run(session.stop());
    assert.equal(rows, session.evidence().packets);
    return { session, result };
  }

  it('finds the traffic private when the endpoint was made by defaults', async () => {
    const endpointId = await makeEndpoint();
    const { session, result } = await capture(endpointId);
    assert.equal(result.exitCode, 0, result.output);
    assert.ok(JSON.parse(result.output).Reservations.length > 0);
    const { status } = session;
    assert.equal(status.phase, 'stopped');
    assert.equal(status.end, 'stopped');
    assert.equal(status.verdict.kind, 'private', JSON.stringify(status.verdict));
    assert.ok(status.verdict.kind === 'private');
    assert.equal(status.verdict.endpointId, endpointId);
    assert.ok(
      status.interfaces.some(row => status.verdict.kind === 'private' && row.address === status.verdict.address),
    );
    assert.equal(status.verdict.packets, status.verdict.ofPackets);
    assert.equal(status.prediction?.outcome.kind, 'reachesEndpoint');
    assert.deepEqual(
      status.names.map(({ name, isPrivate }) => [name, isPrivate]),
      [['ec2.ap-south-1.amazonaws.com', true]],
    );
    const { columns, count, interfaceCounts } = session.snapshot();
    assert.equal(unpackColumns(columns).count, count);
    assert.equal(interfaceCounts.length, 3);
    assert.equal(
      interfaceCounts.reduce((sum, packets) => sum + packets, 0),
      status.verdict.packets,
    );
    assert.equal(status.droppedByKernel, 0);
    assert.ok(status.channelFrames > 0);
  });

  it('finds the traffic public, and why, when private DNS is off', async () => {
    const endpointId = await makeEndpoint({ privateDnsEnabled: false });
    const { session, result } = await capture(endpointId);
    assert.equal(result.exitCode, 0, result.output);
    const { verdict, prediction } = session.status;
    assert.ok(verdict.kind === 'notPrivate', JSON.stringify(verdict));
    assert.deepEqual([verdict.how, verdict.cause, verdict.endpointId], ['left', 'privateDnsOff', endpointId]);
    assert.match(verdict.through ?? '', /^igw-/);
    assert.equal(prediction?.outcome.kind, 'leaves');
  });

  it('finds SYNs without an answer, and why, when the group lacks 443', async () => {
    const gateways = await scope.gateways();
    const choices = await practice.run(readEndpointChoices(scope));
    const groupId = await practice.run(
      gateways.network.createSecurityGroup({ vpcId: choices.vpcId!, name: 'closed', description: 'closed', tags: {} }),
    );
    const endpointId = await makeEndpoint({ securityGroupIds: [groupId] });
    const { session, result } = await capture(endpointId, `${COMMAND} --cli-connect-timeout 8`);
    assert.equal(result.exitCode, 255, result.output);
    assert.match(result.output, /Connect timeout on endpoint URL/);
    const { verdict } = session.status;
    assert.ok(verdict.kind === 'notPrivate', JSON.stringify(verdict));
    assert.deepEqual([verdict.how, verdict.cause, verdict.subject], ['noAnswer', 'securityGroupLacksPort', groupId]);
    assert.ok(verdict.synRetries > 0);
  });

  it('cannot tell before anything was captured', async () => {
    await makeEndpoint();
    const { session } = await capture(undefined, 'true');
    assert.deepEqual(session.status.verdict, { kind: 'cannotTell', missing: 'noPackets', packets: 0 });
  });

  it('leaves no tcpdump and no session behind when its panel closes', async () => {
    const session = new CaptureSession({ scope, instanceId }, { ports: practice.ports, limits });
    await practice.run(session.start(session.status.startOptions));
    session.dispose();
    await practice.pass(5_000);
    const gateways = await scope.gateways();
    const { output } = await practice.run(
      runOnInstance(gateways.sessions, instanceId, 'ps -e', { ports: practice.ports }),
    );
    assert.doesNotMatch(output, /tcpdump/);
  });
});
