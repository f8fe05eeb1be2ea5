import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import type { Scope } from '../../../src/app/appModel';
import { runOnInstance } from '../../../src/app/operations/runOnInstance';
import { silentLog } from '../../../src/base/log';
import { composeProfileScope, sessionPorts } from '../../../src/compose';
import { LabError } from '../../../src/core/errors';
import { openAgent } from '../../../src/net/openAgent';
import type { OutboundAgent } from '../../../src/net/outboundAgent';
import type { EditorProxySettings } from '../../../src/net/proxyRules';
import { createPracticeCloud, type OpenPracticeCloud } from '../../../src/simulator/createPracticeCloud';
import { type LoopbackServer, startLoopbackServer } from '../../../src/simulator/loopbackServer';
import { nodeDigests } from '../../../src/simulator/nodeDigests';
import { Timeline } from '../../../src/simulator/timeline';
import { driveByWallClock, PreciseClock, type WallClockDriver } from '../../../src/simulator/wallClock';
import { openWebSocket } from '../../../src/ssm/node/webSocketTransport';
import { ConnectProxy } from '../../support/connectProxy';
import { ProfileFolder } from '../../support/profileFolder';
import { testCertificate, testKey } from '../../support/tlsFixture';
import { waitUntil } from '../../support/waitUntil';

const codeOf = (error: unknown) => (error instanceof LabError ? error.code : String(error));

describe('a scope behind a CONNECT proxy', function () {
  this.timeout(60_000);
  let folder: ProfileFolder;
  let proxy: ConnectProxy;
  let environment: Record<string, string | undefined>;
  let editor: EditorProxySettings;
  let agent: OutboundAgent;

  beforeEach(async () => {
    folder = new ProfileFolder();
    proxy = await ConnectProxy.start();
    environment = {};
    editor = { proxy: '', noProxy: [], proxyAuthorization: null, proxySupport: 'override' };
    agent = openAgent(environment, { proxySettings: () => editor, hasSystemCertificates: () => false });
  });

  afterEach(async () => {
    agent.destroy();
    await proxy.stop();
    folder.dispose();
  });

  describe('over plain HTTP', () => {
    let cloud: OpenPracticeCloud;
    let driver: WallClockDriver;
    let server: LoopbackServer;
    let scope: Scope;

    beforeEach(async () => {
      const clock = new PreciseClock();
      const timeline = new Timeline(clock.now());
      driver = driveByWallClock(timeline, clock);
      cloud = createPracticeCloud({
        seed: 'proxy',
        pace: 300,
        world: 'default',
        digests: nodeDigests,
        timeline,
        streamHost: () => `ws://127.0.0.1:${server.port}`,
        log: silentLog,
      });
      const catchUp = () => driver.catchUp();
      server = await startLoopbackServer({ cloud, port: 0, mustSignChannels: true, catchUp, log: silentLog });
      const { accessKeyId = '', secretAccessKey = '' } = cloud.accounts[0] ?? {};
      folder.credentials(`[lab]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`);
      const saved = { profile: 'lab', region: 'ap-south-1', endpointUrl: server.endpoint };
      scope = composeProfileScope(saved, silentLog, { agent: async () => agent });
    });

    afterEach(async () => {
      await server.close();
      driver.dispose();
      cloud.dispose();
    });

    const target = () => `127.0.0.1:${server.port}`;

    it('asks, and runs a command over a session’s WebSocket, through the tunnel alone', async () => {
      environment.HTTP_PROXY = proxy.url;
      const { instances, sessions } = await scope.gateways();
      const [instance] = await instances.listInstances();
      assert.ok(instance);
      await waitUntil(
        async () => (await instances.listSessionManagerStatus()).get(instance.id) === 'online',
        'the instance to be online',
      );
      const before = proxy.asked.length;
      const ports = await sessionPorts(silentLog);
      const { output } = await runOnInstance(sessions, instance.id, 'echo through the tunnel', { ports });
      assert.match(output, /through the tunnel/);
      assert.ok(proxy.asked.length > before, 'the WebSocket took a tunnel of its own');
      assert.deepEqual(new Set(proxy.asked), new Set([target()]));
    });

    it('takes the editor’s proxy with the password that it keeps, and a change at once', async () => {
      editor = { ...editor, proxy: proxy.url, proxyAuthorization: 'Basic bGFi' };
      const { identity, instances } = await scope.gateways();
      await identity.whoAmI();
      assert.deepEqual([proxy.asked, proxy.authorizations], [[target()], ['Basic bGFi']]);
      editor = { ...editor, noProxy: ['127.0.0.1'] };
      await instances.listInstances();
      assert.equal(proxy.asked.length, 1);
    });

    it('goes straight ahead where NO_PROXY says so', async () => {
      environment.HTTP_PROXY = proxy.url;
      environment.NO_PROXY = '127.0.0.1';
      await (await scope.gateways()).identity.whoAmI();
      assert.deepEqual(proxy.asked, []);
    });

    it('says that the proxy refuses, and by which status', async () => {
      environment.HTTP_PROXY = proxy.url;
      proxy.status = 407;
      const { identity } = await scope.gateways();
      await assert.rejects(identity.whoAmI(), error => {
        assert.ok(error instanceof LabError);
        assert.deepEqual([error.code, error.parameters.status], ['proxyRefused', '407']);
        return true;
      });
    });

    it('says that the cloud cannot be reached when the proxy is gone', async () => {
      environment.HTTP_PROXY = 'http://127.0.0.1:1';
      await assert.rejects((await scope.gateways()).identity.whoAmI(), error => codeOf(error) === 'cloudUnreachable');
    });
  });

  describe('over TLS', () => {
    const secure = createServer({ key: testKey, cert: testCertificate }, (_request, response) => response.end('none'));
    const sockets = new WebSocketServer({ server: secure });
    let url = '';

    before(async () => {
      sockets.on('connection', socket => socket.send('hello'));
      await new Promise<void>(resolve => secure.listen(0, '127.0.0.1', resolve));
      url = `wss://localhost:${(secure.address() as AddressInfo).port}/`;
    });

    after(async () => {
      for (const client of sockets.clients) client.terminate();
      secure.closeAllConnections();
      await new Promise(resolve => secure.close(resolve));
    });

    const trustBundle = () => {
      environment.AWS_CA_BUNDLE = join(folder.path, 'bundle.pem');
      writeFileSync(environment.AWS_CA_BUNDLE, testCertificate);
      agent = openAgent(environment, { proxySettings: () => editor, hasSystemCertificates: () => true });
    };

    for (const isProxied of [true, false]) {
      it(`trusts what the bundle names, ${isProxied ? 'through the tunnel' : 'straight ahead'}`, async () => {
        trustBundle();
        if (isProxied) environment.HTTPS_PROXY = proxy.url;
        const socket = await openWebSocket(url, { headers: {}, agent });
        assert.equal(proxy.asked.length, isProxied ? 1 : 0);
        socket.close();
      });
    }

    it('trusts no certificate that nobody vouches for', async () => {
      environment.HTTPS_PROXY = proxy.url;
      await assert.rejects(openWebSocket(url, { headers: {}, agent }), error => codeOf(error) === 'cloudUnreachable');
    });

    it('says that the proxy refuses a WebSocket', async () => {
      environment.HTTPS_PROXY = proxy.url;
      proxy.status = 403;
      await assert.rejects(openWebSocket(url, { headers: {}, agent }), error => codeOf(error) === 'proxyRefused');
    });

    it('says that the bundle cannot be read', async () => {
      environment.AWS_CA_BUNDLE = join(folder.path, 'nowhere.pem');
      agent = openAgent(environment);
      await assert.rejects(openWebSocket(url, { headers: {}, agent }), error => codeOf(error) === 'fileUnreadable');
    });
  });
});
