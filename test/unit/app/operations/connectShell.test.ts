import assert from 'node:assert/strict';
import { LabError } from '../../../../src/core/errors';
import { instanceConnectEndpointId } from '../../../../src/core/ids';
import { describeError } from '../../../../src/words/errors';
import { ConnectShellDesk } from '../../../support/connectShellDesk';
import { PracticeScopes } from '../../../support/practiceScopes';

describe('a shell by SSH through an Instance Connect endpoint', () => {
  let desk: ConnectShellDesk;

  before(PracticeScopes.load);
  beforeEach(() => {
    desk = new ConnectShellDesk();
  });
  afterEach(() => desk.dispose());

  const openTunnels = () => desk.watched.tunnels.filter(({ isClosed }) => !isClosed).length;

  async function refusal(work: Promise<unknown>): Promise<LabError> {
    const error = await work.then(
      () => assert.fail('a shell was opened'),
      (caught: unknown) => caught,
    );
    assert.ok(error instanceof LabError, String(error));
    assert.equal(openTunnels(), 0);
    return error;
  }

  it('is the login of ec2-user, on a terminal of the size asked for, until it exits', async () => {
    const endpoint = await desk.endpoint();
    const heard = await desk.open(endpoint);
    assert.match(heard.shell.hostKeyFingerprint, /^SHA256:[\w+/]{43}$/);
    await desk.practice.until(() => /\$ $/.test(heard.text));
    heard.type('whoami; stty size; echo $SSH_CONNECTION\r');
    const { privateIpAddress } = await desk.instance();
    await desk.practice.until(() => heard.text.includes(`${privateIpAddress} 22\r\n`));
    assert.match(heard.text, /ec2-user\r\n30 100\r\n/);
    heard.type('exit 3\r');
    await desk.practice.until(() => heard.end !== undefined && openTunnels() === 0);
    assert.equal(heard.end, 'exited 3');
  });

  it('passes a new size on, and Ctrl-C to what runs', async () => {
    const heard = await desk.open(await desk.endpoint());
    await desk.practice.until(() => /\$ $/.test(heard.text));
    heard.shell.resize({ columns: 61, rows: 17 });
    heard.type('stty size; sleep 1000\r');
    await desk.practice.until(() => heard.text.includes('17 61\r\n'));
    heard.type('\x03');
    await desk.practice.until(() => /\^C\r\n.*\$ $/s.test(heard.text));
    heard.type('echo $?\r');
    await desk.practice.until(() => heard.text.includes('130\r\n'));
  });

  it('closes its tunnel when it is given up', async () => {
    const heard = await desk.open(await desk.endpoint());
    assert.equal(openTunnels(), 1);
    heard.shell.dispose();
    await desk.practice.until(() => openTunnels() === 0);
    heard.type('nobody hears this');
    heard.shell.resize({ columns: 1, rows: 1 });
  });

  it('leaves no tunnel when it is given up while it connects', async () => {
    const endpoint = await desk.endpoint();
    const giving = new AbortController();
    const gateways = await desk.scope.gateways();
    const tunnels = {
      ...gateways.tunnels,
      async openSshTunnel(...asked: Parameters<typeof gateways.tunnels.openSshTunnel>) {
        const tunnel = await gateways.tunnels.openSshTunnel(...asked);
        giving.abort();
        return tunnel;
      },
    };
    const scope = { ...desk.scope, gateways: async () => ({ ...gateways, tunnels }) };
    await assert.rejects(desk.open(endpoint, { signal: giving.signal, scope }), { name: 'AbortError' });
    assert.equal(desk.watched.tunnels.length, 1);
    await desk.practice.until(() => openTunnels() === 0);
  });

  it('ends with its endpoint, and says that it was not the shell', async () => {
    const endpoint = await desk.endpoint();
    const heard = await desk.open(endpoint);
    const { instanceConnectEndpoints } = await desk.scope.gateways();
    await desk.run(instanceConnectEndpoints.deleteInstanceConnectEndpoint(endpoint.id));
    await desk.practice.until(() => heard.end !== undefined);
    assert.equal(heard.end, 'lost ');
  });

  it('names the instance’s group that does not admit port 22', async () => {
    const wayIn = await desk.group('way in');
    const endpoint = await desk.endpoint({ securityGroupIds: [wayIn] });
    const { securityGroupIds, id } = await desk.instance();
    const error = await refusal(desk.open(endpoint));
    assert.equal(error.code, 'tunnelBlocked');
    assert.equal(error.parameters.cause, 'securityGroupLacksPort');
    const { sentence, hint } = describeError(error);
    assert.equal(
      sentence,
      `${endpoint.id} does not reach port 22 of ${id}, because security group ${securityGroupIds[0]} does not admit the port.`,
    );
    assert.match(hint, /inbound rule to the instance’s group: TCP 22 from the endpoint’s group/);
  });

  it('names the endpoint’s group that lets nothing out', async () => {
    const wayIn = await desk.group('way in');
    const { securityGroups, network } = await desk.scope.gateways();
    const snapshot = await desk.run(network.readSnapshot(['securityGroups']));
    assert.ok(snapshot.securityGroups.known);
    const own = snapshot.securityGroups.value.find(({ id }) => id === wayIn);
    for (const rule of own?.rules ?? []) await desk.run(securityGroups.removeRule(wayIn, rule));
    const error = await refusal(desk.open(await desk.endpoint({ securityGroupIds: [wayIn] })));
    assert.equal(error.parameters.cause, 'securityGroupBlocksEgress');
    assert.match(describeError(error).sentence, /because its security group lets nothing out there\.$/);
    assert.match(describeError(error).hint, /outbound rule to the endpoint’s group/);
  });

  it('does not blame a group for an endpoint that keeps the client’s address', async () => {
    const wayIn = await desk.group('way in');
    const endpoint = await desk.endpoint({ securityGroupIds: [wayIn], preservesClientIp: true });
    const error = await refusal(desk.open(endpoint));
    assert.equal(error.code, 'tunnelUnanswered');
    assert.match(describeError(error).hint, /preserves the client’s address, from your own/);
  });

  it('says that nobody answers where sshd does not run', async () => {
    const endpoint = await desk.endpoint();
    await desk.asRoot('systemctl stop sshd');
    const error = await refusal(desk.open(endpoint));
    assert.equal(error.code, 'tunnelUnanswered');
    const { id } = await desk.instance();
    assert.equal(describeError(error).sentence, `${endpoint.id} gets no answer from port 22 of ${id}.`);
    assert.match(describeError(error).hint, /^Check that sshd runs there/);
  });

  it('says that the key was not taken where the image does not look for it', async () => {
    const endpoint = await desk.endpoint();
    await desk.asRoot('dnf remove -y ec2-instance-connect');
    const error = await refusal(desk.open(endpoint));
    assert.equal(error.code, 'loginRefused');
    const { id } = await desk.instance();
    assert.equal(describeError(error).sentence, `${id} did not let ec2-user in with the key.`);
    assert.match(describeError(error).hint, /package ec2-instance-connect/);
  });

  it('waits for an endpoint that is still being made, and knows none that is gone', async () => {
    const endpoint = await desk.endpoint({}, 0);
    assert.equal(endpoint.state, 'createInProgress');
    const early = await refusal(desk.open(endpoint));
    assert.equal(early.code, 'tunnelNotReady');
    assert.equal(describeError(early).sentence, `${endpoint.id} is not ready for connections.`);
    const gone = { ...endpoint, id: instanceConnectEndpointId('eice-0123456789abcdef0') };
    assert.equal((await refusal(desk.open(gone))).code, 'resourceNotFound');
  });

  it('is one of twenty at most', async () => {
    const endpoint = await desk.endpoint();
    const { tunnels } = await desk.practice.provider.gateways();
    const { privateIpAddress = '' } = await desk.instance();
    for (let count = 0; count < 20; count++) await desk.run(tunnels.openSshTunnel({ endpoint, privateIpAddress }));
    const error = await refusal(desk.open(endpoint));
    assert.equal(error.code, 'tunnelsTaken');
    assert.match(describeError(error).sentence, /carries as many connections as it can/);
  });

  it('is not opened on an instance that has stopped, and the key is then refused first', async () => {
    const endpoint = await desk.endpoint();
    const instance = await desk.instance();
    const { instances } = await desk.scope.gateways();
    await desk.run(instances.stopInstance(instance.id));
    const error = await refusal(desk.open(endpoint, { instance }));
    assert.equal(error.cloudCode, 'EC2InstanceStateInvalidException');
    assert.match(describeError(error).sentence, /SendSSHPublicKey was refused: Instance i-\w+ is not in a valid state/);
  });

  it('is opened by nobody of another account', async () => {
    const endpoint = await desk.endpoint();
    const error = await refusal(desk.open(endpoint, { scope: desk.practice.consumer }));
    assert.equal(error.cloudCode, 'EC2InstanceNotFoundException');
  });
});
