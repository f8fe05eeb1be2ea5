/** An operation's flags, from the members of its input (aws/aws-cli:awscli/clidriver.py, awscli/arguments.py). */
import { kebabName, type OperationModel } from '../../../protocols/clientCodec';
import { requiredMembers } from '../../../protocols/decodeQuery';
import type { ArgumentRule } from './argumentParser';
import { customArgumentsOf } from './customArguments';
import { type Paginator, paginatorOf } from './paginators';
import { isBoxedBoolean, membersOf, type Shape } from './shapes';

/** The flag of one member. */
export interface MemberFlag {
  readonly member: string;
  readonly shape: Shape;
  readonly name: string;
  /** The flag that says no, of a boolean. */
  readonly negatedName: string | undefined;
}

export interface OperationGrammar {
  readonly flags: readonly MemberFlag[];
  readonly rules: readonly ArgumentRule[];
  readonly positionals: readonly ArgumentRule[];
  readonly paginator: Paginator | undefined;
  /** Member of the output that is written into a file instead of being shown. */
  readonly streamMember: string | undefined;
}

const pagingRules: readonly ArgumentRule[] = [
  { name: 'starting-token', count: 'one' },
  { name: 'page-size', count: 'one', isInteger: true },
  { name: 'max-items', count: 'one', isInteger: true },
];
const inputRules: readonly ArgumentRule[] = [
  { name: 'cli-input-json', count: 'one' },
  { name: 'cli-input-yaml', count: 'one' },
  { name: 'generate-cli-skeleton', count: 'optional', choices: ['input', 'output', 'yaml-input'] },
];

/** `args` decide whether anything is required: with a skeleton or an input as JSON nothing is. */
export function grammarOf(operation: OperationModel, args: readonly string[]): OperationGrammar {
  const custom = customArgumentsOf(operation);
  const paginator = paginatorOf(operation);
  const streamMember = streamMemberOf(operation.output);
  const required = requiresNothing(args) ? [] : requiredMembers(operation.input);
  const flags = [...membersOf(operation.input)]
    .filter(([member]) => !custom.hiddenMembers.includes(member))
    .map(([member, shape]) => flagOf(operation, member, shape));
  const own = flags.flatMap(flag => rulesOf(flag, required.includes(flag.member)));
  const added = [...(paginator ? pagingRules : []), ...custom.rules, ...(streamMember ? [] : inputRules)];
  const outfile: ArgumentRule = { name: 'outfile', count: 'one' };
  return {
    flags,
    rules: [...own.filter(({ name }) => !added.some(rule => rule.name === name)), ...added],
    positionals: [...(streamMember ? [outfile] : []), { name: 'help', count: 'optional' }],
    paginator,
    streamMember,
  };
}

function requiresNothing(args: readonly string[]): boolean {
  const at = args.indexOf('--generate-cli-skeleton');
  const wantsSkeleton = at >= 0 && args[at + 1] !== 'output';
  return wantsSkeleton || args.includes('--cli-input-json') || args.includes('--cli-input-yaml');
}

function streamMemberOf(output: Shape): string | undefined {
  return [...membersOf(output)].find(([, shape]) => shape.isBlobSchema() && shape.isStreaming())?.[0];
}

/** Flags that the CLI calls otherwise (awscli/customizations/argrename.py). */
const renamed: Readonly<Record<string, string>> = {
  'no-egress': 'ingress',
  'no-disable-api-termination': 'enable-api-termination',
  'no-no-reboot': 'reboot',
};

function flagOf({ service }: OperationModel, member: string, shape: Shape): MemberFlag {
  const name = kebabName(member);
  const isSwitch = shape.isBooleanSchema() || (service.name === 'ec2' && isBoxedBoolean(shape));
  const negatedName = `no-${name}`;
  return { member, shape, name, negatedName: isSwitch ? (renamed[negatedName] ?? negatedName) : undefined };
}

function rulesOf(flag: MemberFlag, isRequired: boolean): readonly ArgumentRule[] {
  const { name, shape, negatedName } = flag;
  if (negatedName !== undefined) {
    const count = shape.isBooleanSchema() ? 'none' : 'optional';
    return [
      { name, count },
      { name: negatedName, count: 'none' },
    ];
  }
  return [{ name, count: shape.isListSchema() ? 'any' : 'one', isRequired: isRequired && !shape.isIdempotencyToken() }];
}
