import assert from 'node:assert/strict';
import { probeCommand, readProbe } from '../../../src/app/captureProbe';
import { region } from '../../../src/core/ids';

const listing = `lo               UNKNOWN        127.0.0.1/8
enX0             UP             172.31.37.141/20 metric 512
veth0@if3        UP             10.1.0.1/24
==
172.31.40.9     STREAM ssmmessages.ap-south-1.amazonaws.com
172.31.40.9     DGRAM
172.31.40.9     RAW
172.31.5.77     STREAM
`;

describe('probing an instance before a capture', () => {
  it('finds the interface that carries the address, and the addresses of the channel once each', () => {
    assert.deepEqual(readProbe(listing, '172.31.37.141'), {
      interfaceName: 'enX0',
      channelAddresses: ['172.31.40.9', '172.31.5.77'],
    });
  });

  it('leaves out the peer of a paired interface', () => {
    assert.equal(readProbe(listing, '10.1.0.1').interfaceName, 'veth0');
  });

  for (const [what, output] of [
    ['nothing', ''],
    ['errors', 'sh: 1: ip: not found\n==\nsh: 1: getent: not found\n'],
    ['half of it', 'lo  UNKNOWN  127.0.0.1/8\n'],
  ]) {
    it(`captures on any interface when the instance printed ${what}`, () => {
      assert.deepEqual(readProbe(output as string, '172.31.37.141'), { interfaceName: 'any', channelAddresses: [] });
    });
  }

  it("asks for the region's own name, in China too", () => {
    assert.match(probeCommand(region('ap-south-1')), /getent ahostsv4 ssmmessages\.ap-south-1\.amazonaws\.com$/);
    assert.match(probeCommand(region('cn-north-1')), /ssmmessages\.cn-north-1\.amazonaws\.com\.cn$/);
  });
});
