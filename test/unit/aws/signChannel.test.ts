import assert from 'node:assert/strict';
import { signChannel } from '../../../src/aws/signChannel';
import goldens from '../../golden/ssm-vectors.json';

const { vectors } = goldens.sigv4OpenDataChannel;

const timeMs = (text: string) =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

describe('signing the upgrade of a data channel', () => {
  it('has vectors to be held to', () => assert.ok(vectors.length > 0));

  for (const vector of vectors) {
    it(`signs as the official client does: ${vector.name}`, async () => {
      const { accessKeyId, secretAccessKey, sessionToken } = vector;
      const credentials = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
      const headers = await signChannel(vector.streamUrl, {
        credentials,
        region: vector.region,
        nowMs: timeMs(vector.time),
      });
      assert.deepEqual(headers, vector.headers);
    });
  }

  it('leaves a URL alone that carries a signature', async () => {
    const credentials = { accessKeyId: 'A', secretAccessKey: 'S' };
    const url = 'wss://ssmmessages.us-east-1.amazonaws.com/v1/data-channel/s?X-Amz-Signature=00&role=publish_subscribe';
    assert.deepEqual(await signChannel(url, { credentials, region: 'us-east-1', nowMs: 0 }), {});
  });

  it('signs the port of a loopback gateway with the host', async () => {
    const by = { credentials: { accessKeyId: 'A', secretAccessKey: 'S' }, region: 'ap-south-1', nowMs: 0 };
    const [one, other] = await Promise.all([
      signChannel('ws://127.0.0.1:4000/v1/data-channel/s', by),
      signChannel('ws://127.0.0.1:4001/v1/data-channel/s', by),
    ]);
    assert.notEqual(one.Authorization, other.Authorization);
  });
});
