import assert from 'node:assert/strict';
import { CloudProcess } from '../support/cloudProcess';
import { EndpointJourney } from '../support/endpointJourney';
import { pictureFailures } from '../support/pictureFailures';
import { WorkbenchDriver } from '../support/workbenchDriver';

const CALL = 'aws ec2 describe-instances --region ap-south-1';

/** The right path, from the endpoint to the verdict; the scope's tree is on the screen. */
async function provePrivate(journey: EndpointJourney, scope: string | undefined): Promise<void> {
  await journey.createEndpoint(scope ? { scope } : {});
  const addresses = await journey.endpointAddresses();
  assert.equal(addresses.length, 3);
  await journey.startCapture('provider');
  await journey.runInShell('provider', CALL);
  const verdict = await journey.verdict('Private');
  await journey.workbench.terminal.waitFor(/"PublicIpAddress"[^$]*sh-5\.2\$/);
  assert.match(verdict, /the interface of vpc-labs-ec2 in ap-south-1[abc]/);
  const [lit, ...others] = await journey.litInterfaces();
  assert.ok(lit && addresses.includes(lit.address), `${lit?.address} is one of ${addresses}`);
  assert.equal(others.length, 0);
  assert.ok(lit.count > 5, `${lit.count} packets`);
  assert.ok(verdict.includes(lit.address), verdict);
  const destinations = (await journey.column('destination')).filter(text => text.endsWith(':443'));
  assert.ok(destinations.length > 0);
  for (const destination of destinations) assert.equal(destination, `${lit.address}:443`);
}

describe('proving an interface endpoint in the workbench', function () {
  this.timeout(240_000);
  let workbench: WorkbenchDriver;
  let journey: EndpointJourney;

  beforeEach(async () => {
    workbench = await WorkbenchDriver.open();
    journey = new EndpointJourney(workbench);
    await journey.startPractice();
  });
  pictureFailures(() => workbench);
  afterEach(() => workbench?.close());

  it('shows the packets at the interface of the endpoint, and says private', async () => {
    await provePrivate(journey, 'provider');
  });

  it('names private DNS as the reason when the packets leave for a public address', async () => {
    await journey.createEndpoint({ scope: 'provider', privateDns: 'Private DNS off' });
    const addresses = await journey.endpointAddresses();
    await journey.startCapture('provider');
    await journey.runInShell('provider', CALL);
    const verdict = await journey.verdict('Not private');
    assert.match(verdict, /through igw-[0-9a-f]{17}, because private DNS of vpc-labs-ec2 is off/);
    assert.deepEqual(await journey.litInterfaces(), []);
    const destinations = (await journey.column('destination')).filter(text => text.endsWith(':443'));
    assert.ok(destinations.length > 0);
    for (const destination of destinations) {
      assert.ok(!destination.startsWith('172.31.'), destination);
      assert.ok(!addresses.includes(destination.split(':')[0] as string), destination);
    }
  });

  it('shows SYN retries and names the security group that lacks 443', async () => {
    await journey.createEndpoint({ scope: 'provider', securityGroup: 'launch-wizard-1' });
    await journey.startCapture('provider');
    await journey.runInShell('provider', CALL);
    const verdict = await journey.verdict('Not private');
    assert.match(verdict, /does not answer: the SYN was repeated/);
    assert.match(verdict, /sg-[0-9a-f]{17}/);
    const infos = await journey.column('info');
    const syns = infos.filter(info => info.startsWith('[S] seq'));
    assert.ok(syns.length >= 2, infos.join('\n'));
    assert.ok(!infos.some(info => info.startsWith('[S.]')), infos.join('\n'));
    const sequences = new Set(syns.map(info => /seq (\d+)/.exec(info)?.[1]));
    assert.equal(sequences.size, 1);
  });
});

describe('proving an interface endpoint over loopback', function () {
  this.timeout(240_000);
  let cloud: CloudProcess;
  let workbench: WorkbenchDriver;

  before(async () => {
    cloud = await CloudProcess.start();
    workbench = await WorkbenchDriver.open({ environment: await cloud.writeProfile('loopback', 'provider') });
  });
  after(async () => {
    await workbench?.close();
    await cloud?.stop();
  });

  it('takes the same way with a profile that points at the cloud: HTTP, WebSocket, signatures', async () => {
    const journey = new EndpointJourney(workbench);
    await journey.addScope('loopback');
    await provePrivate(journey, undefined);
  });
});
