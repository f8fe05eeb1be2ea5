import assert from 'node:assert/strict';
import { silentLog } from '../../../src/base/log';
import { Timeline } from '../../../src/simulator/timeline';
import { nodeChannelPorts } from '../../../src/ssm/node/nodeChannelPorts';
import { encodeVectors, fromHex, toHex } from '../../support/ssmVectors';

describe('ports of a channel on Node', () => {
  const ports = nodeChannelPorts(new Timeline(0), silentLog);

  it('digest payloads as the vectors do', () => {
    for (const { fields } of encodeVectors) {
      if (!fields?.PayloadDigestHex) continue;
      assert.equal(toHex(ports.sha256(fromHex(fields.PayloadHex))), fields.PayloadDigestHex);
    }
  });

  it('make fresh lower-case uuids', () => {
    assert.match(ports.uuid(), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.notEqual(ports.uuid(), ports.uuid());
  });
});
