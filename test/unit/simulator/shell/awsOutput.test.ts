import assert from 'node:assert/strict';
import type { PlainValue } from '../../../../src/simulator/shell/programs/aws/output/plainValue';
import { tableText } from '../../../../src/simulator/shell/programs/aws/output/tableText';
import { tabText } from '../../../../src/simulator/shell/programs/aws/output/tabText';
import { yamlText } from '../../../../src/simulator/shell/programs/aws/output/yamlText';
import { compileQuery } from '../../../../src/simulator/shell/programs/aws/query/query';

const style = { terminalWidth: 80, isColoured: false };

/** What aws-cli 2.9.19 and ruamel.yaml 0.17.21 printed for the same values. */
describe("the AWS CLI's forms of output", () => {
  it('draws a table with nested boxes, single rows upright where the terminal is too narrow', () => {
    const value: PlainValue = { Vpcs: [{ VpcId: 'vpc-1', State: 'available', Tags: [{ Key: 'Name', Value: 'a' }] }] };
    assert.equal(
      tableText('DescribeVpcs', value, style),
      [
        '--------------------------',
        '|      DescribeVpcs      |',
        '+------------------------+',
        '||         Vpcs         ||',
        '|+------------+---------+|',
        '||    State   |  VpcId  ||',
        '|+------------+---------+|',
        '||  available |  vpc-1  ||',
        '|+------------+---------+|',
        '|||        Tags        |||',
        '||+--------+-----------+||',
        '|||   Key  |   Value   |||',
        '||+--------+-----------+||',
        '|||  Name  |  a        |||',
        '||+--------+-----------+||',
        '',
      ].join('\n'),
    );
    assert.equal(
      tableText('DescribeVpcs', value, { ...style, terminalWidth: 20 }),
      [
        '--------------------------',
        '|      DescribeVpcs      |',
        '+------------------------+',
        '||         Vpcs         ||',
        '|+--------+-------------+|',
        '||  State |  available  ||',
        '||  VpcId |  vpc-1      ||',
        '|+--------+-------------+|',
        '|||        Tags        |||',
        '||+----------+---------+||',
        '|||  Key     |  Name   |||',
        '|||  Value   |  a      |||',
        '||+----------+---------+||',
        '',
      ].join('\n'),
    );
  });

  it('draws nothing for nothing', () => {
    for (const value of [null, [], {}, '']) assert.equal(tableText('X', value, style), '');
  });

  it('writes lists of lists as lines of text', () => {
    assert.equal(
      tabText([
        ['a', null, true],
        ['b', 1, false],
      ]),
      'a\tNone\tTrue\nb\t1\tFalse\n',
    );
    assert.equal(tabText({ B: ['x', 'y'], a: 1 }), '1\nB\tx\nB\ty\n');
  });

  const scalars: readonly (readonly [text: string, yaml: string])[] = [
    ['plain text', 'plain text'],
    ['arn:aws:iam::111122223333:role/x', 'arn:aws:iam::111122223333:role/x'],
    ['10.0.0.0/16', '10.0.0.0/16'],
    ['yes', 'yes'],
    ['true', "'true'"],
    ['', "''"],
    ['1', "'1'"],
    ['012', "'012'"],
    ['.5', "'.5'"],
    ['1_000', "'1_000'"],
    ['2024-02-17T04:07:58+00:00', "'2024-02-17T04:07:58+00:00'"],
    ['a: b', "'a: b'"],
    ['a #b', "'a #b'"],
    ['- x', "'- x'"],
    ['--', '--'],
    ['---', "'---'"],
    ["'q'", "'''q'''"],
    ['trail ', "'trail '"],
    ['a\nb', "'a\n\n  b'"],
    ['a\n', "'a\n\n  '"],
    ['tab\there', '"tab\\there"'],
    ['bell\u0007', '"bell\\a"'],
    ['é', 'é'],
    ['😀', '"\\U0001F600"'],
    [`${'long '.repeat(20)}x`, `${'long '.repeat(15)}long\n  ${'long '.repeat(4)}x`],
  ];
  for (const [text, yaml] of scalars)
    it(`writes ${JSON.stringify(text)} in YAML as its emitter does`, () =>
      assert.equal(yamlText({ k: text }), `k: ${yaml}\n`));

  it('nests in YAML without indenting lists below a name', () => {
    const value: PlainValue = { b: [[1, 2], [3]], a: [{ y: null, x: {} }], c: [], d: [[]] };
    assert.equal(yamlText(value), 'a:\n- x: {}\n  y: null\nb:\n- - 1\n  - 2\n- - 3\nc: []\nd:\n- []\n');
    assert.equal(yamlText('x: y'), '"x: y"\n');
  });
});

describe("the AWS CLI's --query", () => {
  const value: PlainValue = {
    Vpcs: [
      { VpcId: 'vpc-1', Default: true },
      { VpcId: 'vpc-2', Default: false },
    ],
  };

  it('finds what the expression names', () => {
    assert.deepEqual(compileQuery('Vpcs[?Default].VpcId | [0]').apply(value), 'vpc-1');
    assert.deepEqual(compileQuery('Vpcs[].{Id:VpcId}').apply(value), [{ Id: 'vpc-1' }, { Id: 'vpc-2' }]);
    assert.equal(compileQuery('Nothing').apply(value), null);
  });

  /** As jmespath 1.0.1 for Python words it. */
  const mistakes: readonly (readonly [expression: string, message: string])[] = [
    ['Vpcs[', 'Invalid jmespath expression: Incomplete expression:\n"Vpcs["\n      ^'],
    ['Vpcs]', 'Unexpected token: ]: Parse error at column 4, token "]" (RBRACKET), for expression:\n"Vpcs]"\n     ^'],
    ['a=b', "Bad jmespath expression: Unknown token '=':\na=b\n ^"],
    ['#', 'Bad jmespath expression: Unknown token #:\n#\n^'],
    ['"a', 'Bad jmespath expression: Unclosed " delimiter:\n"a\n^'],
    ['', 'Invalid JMESPath expression: cannot be empty.'],
    [
      'a.',
      `Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: eof: Parse error at column 2, token "" (EOF), for expression:\n"a."\n   ^`,
    ],
    [
      '[0](a)',
      `Invalid function name ']': Parse error at column 2, token "]" (RBRACKET), for expression:\n"[0](a)"\n   ^`,
    ],
  ];
  for (const [expression, message] of mistakes)
    it(`refuses ${expression || 'nothing'}`, () =>
      assert.throws(() => compileQuery(expression), {
        message: `Bad value for --query ${expression}: ${message}`,
        status: 252,
      }));

  it('fails in words of its own when a function cannot take a value', () => {
    assert.throws(() => compileQuery('length(Nothing)').apply(value), {
      message: `In function length(), invalid type for value: None, expected one of: ['string', 'array', 'object'], received: "null"`,
      status: 255,
    });
  });
});
