import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TextDocument, workspace } from 'vscode';
import type { Scope } from '../../src/app/appModel';
import { views } from '../../src/ui/contributions';
import type { FailureNode } from '../../src/ui/views/failureNode';
import { editor } from '../support/editorWatch';
import { acceptAll, acceptUntil, dismiss, practiceScopes, run } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

/** Who asks, as STS answers ("AWS STS API Reference: GetCallerIdentity"). */
const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::111122223333:user/somebody</Arn><UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>a</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;

/** An endpoint of this id, as EC2 answers ("Amazon EC2 API Reference: DescribeVpcEndpoints"). */
const endpoints = (id: string) => `<DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
<requestId>a</requestId><vpcEndpointSet><item><vpcEndpointId>${id}</vpcEndpointId><vpcId>vpc-0000000a</vpcId>
<ownerId>111122223333</ownerId>
<vpcEndpointType>Interface</vpcEndpointType><serviceName>com.amazonaws.ap-south-1.ec2</serviceName>
<state>available</state></item></vpcEndpointSet></DescribeVpcEndpointsResponse>`;

/** "Amazon EC2 API Reference: DescribeInstanceConnectEndpoints" */
const noWaysIn = `<DescribeInstanceConnectEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
<requestId>a</requestId><instanceConnectEndpointSet/></DescribeInstanceConnectEndpointsResponse>`;

describe('scopes in VS Code', () => {
  const environment = { ...process.env };
  let folder: string;
  let server: Server;
  /** What is asked of the backend, by the name of the action. */
  const asked: string[] = [];
  /** A backend of another kind answers everything with a page. */
  let isAws: boolean;
  let hasEndpoints = false;

  function answer(action: string, place: string): string | undefined {
    if (!isAws) return '<html><body>It works!</body></html>';
    if (action === 'GetCallerIdentity') return identity;
    if (action === 'DescribeInstanceConnectEndpoints' && hasEndpoints) return noWaysIn;
    return action === 'DescribeVpcEndpoints' && hasEndpoints ? endpoints(`vpce-${place}`) : undefined;
  }

  function writeProfile(place: string): void {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${place}`;
    writeFileSync(join(folder, 'config'), `[profile elsewhere]\nregion = ap-south-1\nendpoint_url = ${url}\n`);
  }

  before(async () => {
    await practiceScopes();
    server = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (body: string) => {
        const action = new URLSearchParams(body).get('Action') ?? '';
        asked.push(action);
        const text = answer(action, request.url?.split('/')[1] ?? '');
        response.writeHead(text ? 200 : 400, { 'content-type': isAws ? 'text/xml' : 'text/html' });
        response.end(text);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    folder = mkdtempSync(join(tmpdir(), 'vpc-labs-profiles-'));
    writeProfile('0000000a');
    writeFileSync(
      join(folder, 'credentials'),
      '[elsewhere]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = not-a-secret\n',
    );
    process.env.AWS_CONFIG_FILE = join(folder, 'config');
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
  });

  after(async () => {
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
      if (environment[name] === undefined) delete process.env[name];
      else process.env[name] = environment[name];
    }
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const tree = () => editor.tree(views.endpoints);
  const shown = () => tree().labels(tree().under());
  /** The line that says what failed under the scope of the profile. */
  const failure = () =>
    tree()
      .underScope('elsewhere')
      ?.find((node): node is FailureNode => 'retry' in node);

  it('are not added when what answers is no AWS: it is said once, and nobody is asked further', async () => {
    isAws = false;
    const errors = editor.errors.length;
    assert.equal(await acceptAll(run('vpcLabs.scope.add')), undefined);
    assert.equal(editor.errors.length, errors + 1);
    assert.match(editor.errors.at(-1) ?? '', /AWS/);
    assert.deepEqual(shown(), ['provider', 'consumer']);
    assert.deepEqual(new Set(asked), new Set(['GetCallerIdentity']));
  });

  it('are not added when the question for the region is dismissed', async () => {
    asked.length = 0;
    const running = run('vpcLabs.scope.add');
    await acceptUntil(2);
    assert.equal(await dismiss(running), undefined);
    assert.deepEqual(asked, []);
  });

  let scope: Scope;

  it('are added from a profile, and say in the tree what their backend cannot do', async () => {
    isAws = true;
    scope = await acceptAll(run<Scope>('vpcLabs.scope.add'));
    assert.deepEqual([scope.label, scope.region, scope.kind], ['elsewhere', 'ap-south-1', 'local']);
    await waitUntil(() => shown().includes('elsewhere'), 'the view to show it');
    await waitUntil(() => failure() !== undefined, 'the failure to be shown');
  });

  it('are asked again by the line that says what failed', async () => {
    const before = asked.length;
    await run('vpcLabs.node.retry', failure());
    assert.ok(asked.slice(before).includes('DescribeVpcEndpoints'));
  });

  it('leave the views when they are removed', async () => {
    await run('vpcLabs.scope.remove', { scope });
    await waitUntil(() => shown().join() === 'provider,consumer', 'the view to forget it');
  });

  it('are read anew when they are added again from a profile that leads elsewhere', async () => {
    hasEndpoints = true;
    for (const place of ['0000000a', '0000000b']) {
      writeProfile(place);
      scope = await acceptAll(run<Scope>('vpcLabs.scope.add'));
      const lines = () => tree().labels(tree().underScope('elsewhere'));
      await waitUntil(
        () => lines().join() === `vpce-${place}`,
        () => `the view to show what is there; it shows ${lines()}`,
      );
    }
    await run('vpcLabs.scope.remove', { scope });
  });

  it('leave a log that can be shown', async () => {
    await run('vpcLabs.log.show');
    const isLog = ({ uri }: TextDocument) => uri.scheme === 'output' && /VPC Endpoint Labs/.test(uri.path);
    await waitUntil(() => workspace.textDocuments.some(isLog), 'the log to open');
  });
});
