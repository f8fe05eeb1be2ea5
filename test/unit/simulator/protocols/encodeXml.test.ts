import assert from 'node:assert/strict';
import { encodeXmlFault } from '../../../../src/simulator/protocols/encodeXml';
import { ServiceFault } from '../../../../src/simulator/protocols/serviceFault';
import { findService } from '../../../../src/simulator/protocols/serviceModels';

function faultText(message: string): string {
  const service = findService('ec2');
  assert.ok(service);
  return encodeXmlFault(service, new ServiceFault('Code', message), 'id');
}

describe('text in XML', () => {
  it('keeps every character that XML can write', () => {
    assert.match(faultText('<a & "b">\t\r\n'), /<Message>&lt;a &amp; &quot;b&quot;&gt;&#x9;&#xD;&#xA;<\/Message>/);
    assert.match(faultText('é中😀'), /<Message>é中😀<\/Message>/);
  });

  it('holds no character that a reader must reject', () => {
    const codes = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
    assert.doesNotMatch(faultText(`${codes}\ufffe\uffff\ud800`), /[\x00-\x08\x0b-\x1f\ufffe\uffff]|[\ud800-\udfff]/);
  });
});
