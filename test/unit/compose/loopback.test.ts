import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '../../../src/app/appModel';
import { CaptureSession } from '../../../src/app/captureSession';
import { openConnectShell } from '../../../src/app/operations/connectShell';
import { createInterfaceEndpoint } from '../../../src/app/operations/createInterfaceEndpoint';
import { planEndpoint } from '../../../src/app/operations/planEndpoint';
import { readEndpointChoices } from '../../../src/app/operations/readEndpointChoices';
import { runOnInstance } from '../../../src/app/operations/runOnInstance';
import { summarizeEndpoint } from '../../../src/app/operations/summarizeEndpoint';
import { listProfiles } from '../../../src/aws/profiles';
import { silentLog } from '../../../src/base/log';
import { composeProfileScope, secureShellClient, sessionPorts } from '../../../src/compose';
import { LabError } from '../../../src/core/errors';
import { instanceConnectEndpointId } from '../../../src/core/ids';
import { createPracticeCloud, type OpenPracticeCloud } from '../../../src/simulator/createPracticeCloud';
import { type LoopbackServer, startLoopbackServer } from '../../../src/simulator/loopbackServer';
import { nodeDigests } from '../../../src/simulator/nodeDigests';
import { Timeline } from '../../../src/simulator/timeline';
import { driveByWallClock, PreciseClock, type WallClockDriver } from '../../../src/simulator/wallClock';
import { waitUntil } from '../../support/waitUntil';

/** Endpoints take a fifth of a second. */
const PACE = 300;

describe('a profile with an endpoint URL, over HTTP and WebSocket', function () {
  this.timeout(60_000);
  const before = { ...process.env };
  let folder = '';
  let cloud: OpenPracticeCloud;
  let driver: WallClockDriver;
  let server: LoopbackServer;
  let scope: Scope;

  beforeEach(async () => {
    const clock = new PreciseClock();
    const timeline = new Timeline(clock.now());
    driver = driveByWallClock(timeline, clock);
    cloud = createPracticeCloud({
      seed: 'loopback',
      pace: PACE,
      world: 'default',
      digests: nodeDigests,
      timeline,
      streamHost: () => `ws://127.0.0.1:${server.port}`,
      log: silentLog,
    });
    const catchUp = () => driver.catchUp();
    server = await startLoopbackServer({ cloud, port: 0, mustSignChannels: true, catchUp, log: silentLog });
    folder = mkdtempSync(join(tmpdir(), 'loopback-'));
    writeProfile(cloud.accounts[0]?.secretAccessKey ?? '');
    const [profile] = await listProfiles();
    assert.ok(profile?.region && profile.endpointUrl);
    const { name, region, endpointUrl } = profile;
    scope = composeProfileScope({ profile: name, region, endpointUrl }, silentLog);
  });

  afterEach(async () => {
    process.env = { ...before };
    rmSync(folder, { recursive: true });
    await server.close();
    driver.dispose();
    cloud.dispose();
  });

  function writeProfile(secretAccessKey: string): void {
    process.env.AWS_CONFIG_FILE = join(folder, 'config');
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
    const { accessKeyId } = cloud.accounts[0] ?? { accessKeyId: '' };
    writeFileSync(
      process.env.AWS_CONFIG_FILE,
      `[profile lab]\nregion = ap-south-1\nendpoint_url = ${server.endpoint}\n`,
    );
    writeFileSync(
      process.env.AWS_SHARED_CREDENTIALS_FILE,
      `[lab]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
  }

  it('is marked as local, and proves the private path like any other', async () => {
    assert.equal(scope.kind, 'local');
    const gateways = await scope.gateways();
    const [instance] = await gateways.instances.listInstances();
    assert.ok(instance);
    await waitUntil(
      async () => (await gateways.instances.listSessionManagerStatus()).get(instance.id) === 'online',
      'the instance to be online',
    );
    const choices = await readEndpointChoices(scope, { instanceId: instance.id });
    const summary = summarizeEndpoint(choices, planEndpoint(choices));
    assert.match(
      summary.commandLines.at(-1) ?? '',
      /--profile lab --endpoint-url http:\/\/127\.0\.0\.1:\d+ --region ap-south-1/,
    );
    const { id } = await createInterfaceEndpoint(scope, choices, summary);
    await waitUntil(async () => (await gateways.endpoints.findEndpoint(id))?.state === 'available', 'the endpoint');

    const ports = await sessionPorts(silentLog);
    const limits = { mode: 'lines' as const, packetLimit: 1_000, timeLimitSeconds: 60, snapLengthBytes: 256 };
    const capture = new CaptureSession({ scope, instanceId: instance.id, endpointId: id }, { ports, limits });
    try {
      await capture.start(capture.status.startOptions);
      assert.equal(capture.status.phase, 'running', `${capture.status.error}`);
      const command = 'aws ec2 describe-instances --region ap-south-1';
      const { exitCode, output } = await runOnInstance(gateways.sessions, instance.id, command, { ports });
      assert.equal(exitCode, 0, output);
      await waitUntil(() => capture.status.verdict.kind === 'private', 'the verdict');
      await capture.stop();
      assert.equal(capture.status.end, 'stopped');
    } finally {
      capture.dispose();
    }
  });

  it('opens a shell through an Instance Connect endpoint, and reads why it is refused out of the answer', async () => {
    const { instances, instanceConnectEndpoints } = await scope.gateways();
    const [instance] = await instances.listInstances();
    assert.ok(instance?.subnetId);
    const request = { subnetId: instance.subnetId, securityGroupIds: [], preservesClientIp: false, tags: {} };
    const made = await instanceConnectEndpoints.createInstanceConnectEndpoint({ ...request, clientToken: 'one' });
    const client = await secureShellClient();
    const options = { client, size: { columns: 80, rows: 24 } };
    const unknown = { ...made, id: instanceConnectEndpointId('eice-0123456789abcdef0') };
    await assert.rejects(
      openConnectShell(scope, instance, unknown, options),
      error => error instanceof LabError && error.code === 'resourceNotFound' && error.cloudCode === 'ResourceNotFound',
    );
    await waitUntil(
      async () => (await instanceConnectEndpoints.listInstanceConnectEndpoints())[0]?.state === 'createComplete',
      'the endpoint',
    );
    const shell = await openConnectShell(scope, instance, made, options);
    let text = '';
    shell.onOutput(bytes => {
      text += new TextDecoder().decode(bytes);
    });
    const ended = new Promise(resolve => shell.onClose(resolve));
    shell.write(new TextEncoder().encode('echo $((6 * 7)); exit\r'));
    assert.deepEqual(await ended, { kind: 'exited', status: 0 });
    assert.match(text, /\r\n42\r\n/);
  });

  it('says that the keys were refused when the secret is wrong', async () => {
    writeProfile('wrong');
    const gateways = await scope.gateways();
    await assert.rejects(
      gateways.identity.whoAmI(),
      error =>
        error instanceof LabError && error.code === 'credentialsRefused' && error.cloudCode === 'SignatureDoesNotMatch',
    );
    await assert.rejects(
      gateways.endpoints.listEndpoints(),
      error => error instanceof LabError && error.code === 'credentialsRefused' && error.cloudCode === 'AuthFailure',
    );
  });

  it('says that nobody answers when the cloud is gone', async () => {
    const unreachable = composeProfileScope(
      { profile: 'lab', region: 'ap-south-1', endpointUrl: 'http://127.0.0.1:1' },
      silentLog,
    );
    const gateways = await unreachable.gateways();
    await assert.rejects(
      gateways.identity.whoAmI(),
      error => error instanceof LabError && error.code === 'cloudUnreachable',
    );
  });
});
