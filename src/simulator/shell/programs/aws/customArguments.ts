/** Flags that the CLI adds to EC2's own (aws/aws-cli:awscli/customizations/ec2). */
import type { OperationModel } from '../../../protocols/clientCodec';
import { CommandLineError } from './commandLine';

interface Custom {
  readonly input: Record<string, unknown>;
  readonly rest: readonly string[];
}

/** Takes the added flags out of the arguments and gives what they mean as members of the input. */
export function customArguments(operation: OperationModel, args: readonly string[]): Custom {
  if (/^(Authorize|Revoke)SecurityGroup(Ingress|Egress)$/.test(operation.name)) return simpleRule(args);
  if (operation.name === 'RunInstances') return instanceCount(args);
  return { input: {}, rest: args };
}

function take(args: string[], name: string): string | undefined {
  const at = args.findIndex(arg => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at < 0) return undefined;
  const joined = /=(.*)$/.exec(args[at] as string)?.[1];
  const [, value] = args.splice(at, joined === undefined ? 2 : 1);
  if (joined === undefined && value === undefined)
    throw new CommandLineError(`aws: error: argument --${name}: expected one argument`, true);
  return joined ?? value;
}

/** `--protocol tcp --port 443 --cidr 10.0.0.0/16` (secgroupsimplify.py). */
function simpleRule(args: readonly string[]): Custom {
  const rest = [...args];
  const protocol = take(rest, 'protocol');
  const port = take(rest, 'port');
  const cidr = take(rest, 'cidr');
  const sourceGroup = take(rest, 'source-group');
  if ([protocol, port, cidr, sourceGroup].every(value => value === undefined)) return { input: {}, rest };
  const isAll = protocol === 'all' || protocol === '-1';
  return {
    input: {
      IpPermissions: [
        {
          IpProtocol: isAll ? '-1' : (protocol ?? ''),
          ...(port === undefined || isAll ? {} : portRange(protocol ?? '', port)),
          ...(cidr === undefined ? {} : { IpRanges: [{ CidrIp: cidr }] }),
          ...(sourceGroup === undefined ? {} : { UserIdGroupPairs: [{ GroupId: sourceGroup }] }),
        },
      ],
    },
    rest,
  };
}

function portRange(protocol: string, text: string): { FromPort: number; ToPort: number } {
  if (text === 'all' || text === '-1')
    return protocol === 'icmp' ? { FromPort: -1, ToPort: -1 } : { FromPort: 0, ToPort: 65_535 };
  const range = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!range) throw new CommandLineError('port must be an integer or a range of integers', false);
  return { FromPort: Number(range[1]), ToPort: Number(range[2] ?? range[1]) };
}

/** `--count 2` or `--count 1:3` (runinstances.py); one when it is not said. */
function instanceCount(args: readonly string[]): Custom {
  const rest = [...args];
  const count = /^(\d+)(?::(\d+))?$/.exec(take(rest, 'count') ?? '1');
  if (!count) throw new CommandLineError('count parameter should be of the form: <min>:<max> or <count>', false);
  return { input: { MinCount: Number(count[1]), MaxCount: Number(count[2] ?? count[1]) }, rest };
}
