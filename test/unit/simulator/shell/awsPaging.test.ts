import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findService, type OperationModel } from '../../../../src/simulator/protocols/clientCodec';
import { CommandLineError } from '../../../../src/simulator/shell/programs/aws/failures';
import { readOperationInput } from '../../../../src/simulator/shell/programs/aws/operationInput';
import { type CallPage, joinPages, pagesOf } from '../../../../src/simulator/shell/programs/aws/paging';

const describeVpcs = findService('ec2')?.operations.get('describe-vpcs') as OperationModel;

/** An API with so many VPCs, five on a page unless another size is asked for; the token is the next index. */
function apiOf(count: number): { call: CallPage; sizes: unknown[] } {
  const sizes: unknown[] = [];
  const call: CallPage = async input => {
    sizes.push(input.MaxResults);
    const start = Number(input.NextToken ?? 0);
    const end = start + Number(input.MaxResults ?? 5);
    const Vpcs = Array.from({ length: count }, (_, index) => ({ VpcId: `vpc-${index}` })).slice(start, end);
    return end < count ? { Vpcs, NextToken: String(end) } : { Vpcs };
  };
  return { call, sizes };
}

function read(operation: OperationModel, args: readonly string[]) {
  return readOperationInput(operation, args, { paginate: true, readBytes: async () => new Uint8Array() });
}

async function run(count: number, ...args: string[]) {
  const { paging, input } = await read(describeVpcs, args);
  assert.ok(paging);
  const api = apiOf(count);
  const pages = pagesOf(paging.paginator, api.call, input, paging.request);
  const { NextToken, ...output } = await joinPages(pages, paging.paginator);
  const ids = (output.Vpcs as readonly { VpcId: string }[]).map(({ VpcId }) => Number(VpcId.slice(4)));
  return { ids, resumeToken: NextToken as string | undefined, sizes: api.sizes, keys: Object.keys(output) };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe("the AWS CLI's paging", () => {
  it('joins all pages when nothing is asked for', async () => {
    assert.deepEqual(await run(12), {
      ids: numbers(0, 12),
      resumeToken: undefined,
      sizes: [undefined, undefined, undefined],
      keys: ['Vpcs'],
    });
  });

  it('cuts inside a page, with a token that says so', async () => {
    const first = await run(12, '--max-items', '7');
    assert.deepEqual(first.ids, numbers(0, 7));
    assert.equal(atob(first.resumeToken ?? ''), '{"NextToken": "5", "boto_truncate_amount": 2}');
    const only = await run(3, '--max-items=1');
    assert.equal(only.resumeToken, 'eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==');
    assert.equal((await run(3, '--max-items', '3')).resumeToken, undefined);
  });

  it('asks for pages of the size given', async () => {
    assert.deepEqual((await run(12, '--page-size', '6')).sizes, [6, 6]);
    const whole = await run(12, '--page-size', '6', '--max-items', '6');
    assert.deepEqual([whole.ids, atob(whole.resumeToken ?? '')], [numbers(0, 6), '{"NextToken": "6"}']);
  });

  it('shows every item once when it goes on from token to token', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 9 }), async (count, maxItems) => {
        const seen: number[] = [];
        let token: string | undefined;
        do {
          const start = token === undefined ? [] : ['--starting-token', token];
          const part = await run(count, '--max-items', String(maxItems), ...start);
          assert.ok(part.ids.length <= maxItems);
          seen.push(...part.ids);
          token = part.resumeToken;
        } while (token !== undefined);
        assert.deepEqual(seen, numbers(0, count));
      }),
      { numRuns: 40 },
    );
  });

  it('gives up when the API sends the same token again', async () => {
    const { paging } = await read(describeVpcs, []);
    assert.ok(paging);
    const pages = pagesOf(paging.paginator, async () => ({ Vpcs: [], NextToken: 'again' }), {}, paging.request);
    await assert.rejects(
      joinPages(pages, paging.paginator),
      /^Error: Error during pagination: The same next token was received twice: \{'NextToken': 'again'\}$/,
    );
  });

  it('refuses what is no number', async () => {
    for (const [args, message] of [
      [['--max-items', 'abc'], "aws: error: argument --max-items: invalid int value: 'abc'"],
      [['--page-size'], 'aws: error: argument --page-size: expected one argument'],
    ] as const) {
      await assert.rejects(
        read(describeVpcs, args),
        (error: unknown) => error instanceof CommandLineError && error.message === message && error.status === 252,
      );
    }
  });

  it('is off when flags of the API page by hand, and may then not be asked for', async () => {
    assert.equal((await read(describeVpcs, ['--max-results', '5'])).paging, undefined);
    await assert.rejects(
      read(describeVpcs, ['--max-results', '5', '--max-items', '1']),
      /^Error: Cannot specify --no-paginate along with pagination arguments: --max-items$/,
    );
  });

  it('leaves the flags to operations without pages', async () => {
    const createVpc = findService('ec2')?.operations.get('create-vpc') as OperationModel;
    await assert.rejects(read(createVpc, ['--max-items', '1']), /^Error: Unknown options: --max-items, 1$/);
  });
});
