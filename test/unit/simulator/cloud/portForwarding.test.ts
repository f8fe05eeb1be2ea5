import assert from 'node:assert/strict';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { StartSessionCommand } from '@aws-sdk/client-ssm';
import type { Guest } from '../../../../src/simulator/shell/guest';
import { OfficialClient } from '../../../support/officialClient';
import { startTestCloud, type TestCloud } from '../../../support/practice';
import { runFor, runUntil } from '../../../support/runTimeline';
import { SmuxClient } from '../../../support/smuxClient';

describe('port forwarding in the practice cloud', () => {
  let test: TestCloud;
  let guest: Guest;
  let target: string;

  beforeEach(async () => {
    test = startTestCloud('default', 20);
    const { Reservations } = await test.clients().ec2.send(new DescribeInstancesCommand({}));
    target = Reservations?.[0]?.Instances?.[0]?.InstanceId ?? '';
    const place = { accountId: test.cloud.accounts[1]!.accountId, region: 'ap-south-1' } as never;
    await runUntil(test.timeline, () => test.cloud.guestOf(place, target as never) !== undefined, 600_000);
    guest = test.cloud.guestOf(place, target as never) as Guest;
  });

  async function forward(DocumentName: string, Parameters: Record<string, string[]>): Promise<OfficialClient> {
    const started = await test
      .clients()
      .ssm.send(new StartSessionCommand({ Target: target, DocumentName, Parameters }));
    const transport = test.cloud.openChannel(started.StreamUrl ?? '', {});
    const client = new OfficialClient(transport, { clock: test.timeline, token: started.TokenValue ?? '' });
    await runUntil(test.timeline, () => client.handshakeComplete !== undefined || client.isClosed, 30_000);
    return client;
  }

  it('reaches what listens on the instance', async () => {
    const listening = guest.network.listenTcp(8080, connection => {
      void connection.read().then(bytes => {
        connection.write(
          Buffer.from(
            Buffer.from(bytes ?? [])
              .toString()
              .toUpperCase(),
          ),
        );
        connection.close();
      });
    });
    const mux = new SmuxClient(await forward('AWS-StartPortForwardingSession', { portNumber: ['8080'] }));
    const stream = mux.open();
    mux.write(stream, 'hello');
    await runUntil(test.timeline, () => mux.hasFinished(stream), 30_000);
    assert.equal(mux.dataOf(stream).toString(), 'HELLO');
    listening.dispose();
  });

  it('says that nothing listens', async () => {
    const client = await forward('AWS-StartPortForwardingSession', { portNumber: ['8081'] });
    const mux = new SmuxClient(client);
    const stream = mux.open();
    await runUntil(test.timeline, () => mux.hasFinished(stream), 30_000);
    assert.deepEqual([...client.bytesOf(10)], [0, 0, 0, 3]);
  });

  it("reaches AWS's services by their names, as the instance does", async () => {
    const host = 'ssm.ap-south-1.amazonaws.com';
    const client = await forward('AWS-StartPortForwardingSessionToRemoteHost', { host: [host], portNumber: ['443'] });
    const mux = new SmuxClient(client);
    const stream = mux.open();
    await runFor(test.timeline, 3_000);
    assert.equal(mux.hasFinished(stream), false);
    assert.equal(client.bytesOf(10).length, 0);
  });
});
