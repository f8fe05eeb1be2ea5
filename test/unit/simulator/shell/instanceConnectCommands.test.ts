import assert from 'node:assert/strict';
import { ConnectSite } from '../../../support/connectTunnel';

/** A site, and a line that is typed on its instance with the keys of its account. */
async function desk() {
  const site = await ConnectSite.open();
  const keys = site.guest.test.cloud.accounts[0];
  const environment = `export AWS_ACCESS_KEY_ID='${keys?.accessKeyId}' AWS_SECRET_ACCESS_KEY='${keys?.secretAccessKey}' AWS_PAGER=''`;
  const id = site.guest.instanceId;
  return { site, id, environment, run: (line: string) => site.guest.run(`${environment}\n${line}`) };
}

describe('aws ec2-instance-connect', () => {
  it('ssh makes a key, pushes it and opens a shell through the VPC’s endpoint', async () => {
    const { site, id, environment } = await desk();
    const terminal = site.guest.open(
      `${environment}\naws ec2-instance-connect ssh --instance-id ${id} --connection-type eice`,
    );
    await terminal.shows(`The authenticity of host '${site.guest.address} (<no hostip for proxy command>)'`);
    await terminal.shows('(yes/no/[fingerprint])? ');
    terminal.type('yes\r');
    await terminal.shows(']$ ');
    terminal.type('whoami; env | grep -c "^SSH_CONNECTION=172.31"; ls /tmp | grep -c ^tmp; exit 3\r');
    assert.equal(await terminal.end(), 3);
    assert.match(terminal.text, /ec2-user\r\n1\r\n1\r\n/);
    assert.match((await site.guest.run('ls /tmp')).text, /^(?!.*tmp[0-9a-f]{8})/s);
  });

  it('ssh goes directly to a public address, and says what does not go together', async () => {
    const { id, run } = await desk();
    const ssh = `aws ec2-instance-connect ssh --instance-id ${id}`;
    const direct = await run(`${ssh} --connection-type direct --private-key-file none </dev/null`);
    assert.match(direct.text, /ssh: connect to host \d|Host key verification failed|Identity file none/);
    const both = await run(`${ssh} --connection-type direct --eice-options maxTunnelDuration=60`);
    assert.deepEqual(both, {
      text: "\neice-options can't be specified when connection type is direct.\n",
      status: 252,
    });
  });

  it('open-tunnel is a proxy on its standard streams', async () => {
    const { id, run } = await desk();
    const { text, status } = await run(
      `(sleep 2; echo nonsense) | aws ec2-instance-connect open-tunnel --instance-id ${id} | head -1`,
    );
    assert.match(text, /^SSH-2\.0-OpenSSH_/);
    assert.equal(status, 0);
  });

  it('open-tunnel listens on a local port and opens a tunnel for each connection', async () => {
    const { id, run } = await desk();
    const { text } = await run(
      `cd /tmp; aws ec2-instance-connect open-tunnel --instance-id ${id} --local-port 8022 > log & sleep 3; ssh -o StrictHostKeyChecking=no -p 8022 ec2-user@127.0.0.1; sleep 1; kill $!; cat /tmp/log`,
    );
    assert.match(text, /ec2-user@127\.0\.0\.1: Permission denied \(publickey/);
    assert.match(
      text,
      /Listening for connections on port 8022\.\n\[1\] Accepted new tcp connection, opening websocket tunnel\.\n\[1\] Closing tcp connection\.\n$/,
    );
  });

  it('open-tunnel shows the service’s refusal, and the reason why a tunnel was closed', async () => {
    const { id, run } = await desk();
    const tunnel = `sleep 30 | aws ec2-instance-connect open-tunnel --instance-id ${id}`;
    const refused = await run(`${tunnel} --remote-port 80`);
    assert.match(
      refused.text,
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - awscli\.customizations\.ec2instanceconnect\.websocket - ERROR - \{"ErrorCode":"InvalidParameter","Message":"The specified RemotePort is not valid\. .*\}\n\nAWS_ERROR_HTTP_WEBSOCKET_UPGRADE_FAILURE: Failed to upgrade HTTP connection to Websocket\.\n$/,
    );
    assert.equal(refused.status, 255);
    const silent = await run(`${tunnel} --remote-port 3389`);
    assert.deepEqual(silent, { text: '\nWebsocket Closure Reason: Unable to connect to target\n', status: 255 });
  });

  it('open-tunnel wants what it needs', async () => {
    const { run } = await desk();
    const command = 'aws ec2-instance-connect open-tunnel';
    for (const [flags, text] of [
      ['', 'Specify an instance id or private ip.'],
      ['--private-ip-address 172.31.0.9', 'Specify an instance connect endpoint id when providing a private ip.'],
      [
        '--instance-id i-1 --instance-connect-endpoint-dns-name a.b',
        'Specify an instance connect endpoint id when providing a DNS name.',
      ],
      [
        '--instance-id i-1',
        'This command does not support interactive mode. You must use this command as a proxy or in listener mode. ',
      ],
    ] as const)
      assert.deepEqual(await run(`${command} ${flags}`), { text: `\n${text}\n`, status: 252 });
  });
});
