import assert from 'node:assert/strict';
import { findAddressOwners, isAddress } from '../../../../src/app/operations/findAddressOwner';
import { verifyService } from '../../../../src/app/operations/verifyService';
import { EndpointDesk, valueIn, without } from '../../../support/endpointDesk';
import { PracticeScopes } from '../../../support/practiceScopes';

describe('looking up', () => {
  let desk: EndpointDesk;

  before(PracticeScopes.load);
  beforeEach(() => {
    desk = new EndpointDesk();
  });
  afterEach(() => desk.dispose());

  describe('a service by its name', () => {
    const verify = (name: string) => desk.run(verifyService(desk.scope, name));

    it('finds each kind of endpoint that it takes', async () => {
      const found = await verify(' com.amazonaws.ap-south-1.s3 ');
      assert.ok(found.kind === 'found');
      assert.deepEqual(found.offers.map(({ kind }) => kind).sort(), ['gateway', 'interface']);
      assert.equal(found.otherRegion, undefined);
    });

    it('does not find what does not exist or is not allowed, and says when the name is of another region', async () => {
      const stranger = 'com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0';
      assert.deepEqual(await verify(stranger), { kind: 'notFound', otherRegion: undefined });
      const elsewhere = await verify('com.amazonaws.eu-west-1.nosuchservice');
      assert.deepEqual(elsewhere, { kind: 'notFound', otherRegion: 'eu-west-1' });
    });

    it('asks nobody for what is no name, and rejects when it may not ask', async () => {
      for (const text of ['', 'ec2', 'a service', 'https://x.y.z/'])
        assert.deepEqual(await verify(text), { kind: 'malformed' });
      const denied = without(desk.scope, 'endpoints', 'findService');
      await assert.rejects(desk.run(verifyService(denied, 'com.amazonaws.ap-south-1.ec2')), { code: 'accessDenied' });
    });
  });

  describe('an address', () => {
    const owners = (address: string) => desk.run(findAddressOwners(desk.scope, address));

    it('finds the endpoint, its subnet and its service', async () => {
      const endpoint = await desk.interfaceEndpoint();
      const interfaces = valueIn((await desk.snapshot()).networkInterfaces);
      const address = interfaces.find(({ id }) => endpoint.networkInterfaceIds.includes(id))?.privateIpAddress;
      assert.ok(address);
      const [owner] = await owners(address);
      assert.ok(owner?.kind === 'endpoint');
      assert.equal(owner.endpoint.serviceName, 'com.amazonaws.ap-south-1.ec2');
      assert.equal(owner.subnet?.id, endpoint.subnetIds[0]);
    });

    it('says what else has it: an instance, or a service behind gateway endpoints', async () => {
      const snapshot = await desk.snapshot();
      const instance = valueIn(snapshot.networkInterfaces).find(({ kind }) => kind === 'instance');
      assert.ok(instance);
      assert.equal((await owners(instance.privateIpAddress))[0]?.kind, 'interface');
      const list = valueIn(snapshot.prefixLists).find(({ name }) => name.endsWith('.s3'));
      const publicAddress = list?.cidrs[0]?.split('/')[0];
      assert.ok(publicAddress);
      const [owner] = await owners(publicAddress);
      assert.ok(owner?.kind === 'service');
      assert.deepEqual(owner.gateways, []);
    });

    it('finds nobody for an address that nobody has, and rejects when it may not look', async () => {
      assert.deepEqual(await owners('172.31.255.254'), []);
      const denied = without(desk.scope, 'network', 'findInterfacesAt');
      await assert.rejects(desk.run(findAddressOwners(denied, '172.31.0.9')), { code: 'accessDenied' });
    });

    it('is an IPv4 address', () => {
      assert.equal(isAddress(' 172.31.0.9 '), true);
      for (const text of ['', '172.31.0', '172.31.0.256', 'ec2', 'fd00::1']) assert.equal(isAddress(text), false, text);
    });
  });
});
