import assert from 'node:assert/strict';
import { parseXML } from '@aws-sdk/xml-builder';
import fc from 'fast-check';
import { readPlainXml } from '../../../src/aws/readPlainXml';

const name = fc.oneof(
  fc.constantFrom('item', 'vpcEndpointSet', 'Tags', 'a', 'constructor', 'toString', '__proto__', 'x:y'),
  fc.stringMatching(/^[A-Za-z_][\w.:-]{0,6}$/),
);
const text = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[ \n\t]*(?:&(?:amp|lt|quot|apos|nbsp|#10|#x41|#99999|broken)?;?)?[a-z <>\n]*$/),
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\n  ',
    '\r\n',
    '\u00a0\n',
    'vpce-0123456789abcdef0',
    '<!-- said -->',
    '<![CDATA[<a>]]>',
  ),
);
const attributes = fc.constantFrom(
  '',
  '',
  ' xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"',
  ' a="1" b=">"',
  " a='1'",
  ' a="&amp;"',
  ' ',
);
const { element } = fc.letrec<{ element: string; content: string }>(tie => ({
  element: fc
    .tuple(name, attributes, tie('content'), fc.boolean())
    .map(([tag, extra, content, isShort]) =>
      isShort && content === '' ? `<${tag}${extra}/>` : `<${tag}${extra}>${content}</${tag}>`,
    ),
  content: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc
      .array(fc.oneof(tie('element'), tie('element'), fc.constant('\n  ')), { maxLength: 4 })
      .map(parts => parts.join('')),
  ),
}));
const document = fc
  .tuple(
    fc.constantFrom('', '<?xml version="1.0" encoding="UTF-8"?>\n', '\n', '<!DOCTYPE a>', '<?a > ?>'),
    element,
    text,
  )
  .map(parts => parts.join(''));

/** Text as it comes from an unlucky wire. */
const damaged = fc
  .tuple(document, fc.nat(), fc.nat({ max: 8 }), fc.constantFrom('', '<', '>', '/', '&', '"', '</a>', '<item>', ' '))
  .map(([source, at, count, other]) => {
    const from = at % (source.length + 1);
    return source.slice(0, from) + other + source.slice(from + count);
  });

describe('the reader of plain XML', () => {
  it("makes of every document what the SDK's reader makes of it, or leaves it to that", () => {
    fc.assert(fc.property(fc.oneof(document, damaged), readsAlike), { numRuns: 500 });
  });

  it('reads a page of a list itself', () => {
    const page = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">',
      '  <requestId>one</requestId>',
      '  <vpcEndpointSet>',
      '    <item><vpcEndpointId>vpce-1</vpcEndpointId><policyDocument>{&quot;a&quot;:1}</policyDocument><routeTableIdSet/></item>',
      '    <item><vpcEndpointId>vpce-2</vpcEndpointId><note></note></item>',
      '  </vpcEndpointSet>',
      '</DescribeVpcEndpointsResponse>',
    ].join('\n');
    assert.deepEqual(readPlainXml(page), {
      DescribeVpcEndpointsResponse: {
        requestId: 'one',
        vpcEndpointSet: {
          item: [
            { vpcEndpointId: 'vpce-1', policyDocument: '{"a":1}', routeTableIdSet: '' },
            { vpcEndpointId: 'vpce-2', note: '' },
          ],
        },
        xmlns: 'http://ec2.amazonaws.com/doc/2016-11-15/',
      },
    });
    readsAlike(page);
  });

  for (const [what, xml] of Object.entries({
    'a comment': '<a><!-- b --></a>',
    'a section of characters': '<a><![CDATA[<b>]]></a>',
    'text beside elements': '<a>text<b>1</b></a>',
    'a space beside elements': '<a> <b>1</b></a>',
    'attributes below the root': '<a><b c="d">1</b></a>',
    'carriage returns': '<a>1\r\n2</a>',
    'a tag that another closes': '<a><b>1</a></b>',
    'an end too early': '<a><b>1</b>',
    'no XML': 'Service Unavailable',
    nothing: '',
  })) {
    it(`leaves ${what} to the SDK`, () => assert.equal(readPlainXml(xml), undefined));
  }
});

/** Order of members included. */
function readsAlike(xml: string): void {
  const plain = readPlainXml(xml);
  if (plain) assert.equal(print(plain), print(parseXML(xml)));
}

/** JSON leaves functions out, which a tag called `constructor` makes the SDK's reader meet. */
function print(value: unknown): string {
  return JSON.stringify(value, (_, member) => (typeof member === 'function' ? String(member) : member));
}
