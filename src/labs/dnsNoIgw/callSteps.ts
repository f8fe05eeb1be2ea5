import type { CaptureEvidence } from '../../core/evidence';
import { prose, telling } from '../../core/prose';
import { HTTPS } from '../../core/rules/flow';
import { type Check, check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import type { CommandResult, LabEvidence } from '../labEvidence';
import type { LabSite } from '../labWorld';
import { begunWith, digAddresses, isOpened } from '../packetProofs';
import { dnsName, endpointAddresses, findInstance, findInterface } from './find';

/** Version 2 of the metadata service: version 1, as in older texts, answers 401 on Amazon Linux 2023. */
const ownId = [
  "TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 300')",
  'ID=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)',
].join('; ');

const describe = (site: LabSite) =>
  `${ownId}; aws ec2 describe-instances --instance-ids $ID --region ${site.snapshot.place.region} --cli-connect-timeout 5 --query "Reservations[].Instances[].State.Name"`;

/** Watches a call to EC2. */
export function watchCall(site: LabSite, command: string): LabAction | undefined {
  const instance = findInstance(site);
  return (
    instance && {
      operation: 'captureWhile',
      instanceId: instance.id,
      filter: 'port 443 or port 53',
      command,
      commandLine: describe(site),
    }
  );
}

const isDone = (result: CommandResult | undefined) => result?.exitCode === 0 && result.output.includes('running');

/** Where calls to EC2 were opened to: connections to addresses that the capture's DNS answers give to its name. */
export function calledAddresses(site: LabSite, capture: CaptureEvidence): readonly string[] {
  const nic = findInterface(site);
  const answers = capture.names.filter(({ name }) => name === dnsName(site)).flatMap(({ addresses }) => addresses);
  const opened = nic ? begunWith(capture, nic.privateIpAddress, HTTPS).filter(isOpened) : [];
  return [...new Set(opened.map(({ destination }) => destination))].filter(address => answers.includes(address));
}

/** 7.6: over the internet. */
export const callStep: Step = {
  id: '7.6',
  title: prose('Call EC2 over the internet'),
  reason: prose(
    'The instance asks for itself. Its id comes from the metadata service, with a token: without one Amazon Linux 2023 answers 401.',
  ),
  hints: [
    prose('What does the call talk to? Watch it.'),
    prose('Fetch a token with PUT, then the instance id with the token.'),
    prose(
      'In one shell: sudo tcpdump -nn port 443 or port 53. In the other: the token, the id, and aws ec2 describe-instances --instance-ids $ID.',
    ),
  ],
  symptoms: [
    {
      seen: prose('The command says: InvalidInstanceID.Malformed'),
      recognise: (_site, { commands }) =>
        /InvalidInstanceID\.Malformed/.test(commands.before?.output ?? '')
          ? telling(prose('the instance’s id was asked without a token, and the metadata service answered 401'))
          : undefined,
    },
  ],
  done: proveBefore,
  proof: proveBefore,
  action: (site, { captures }) => (captures.before ? undefined : watchCall(site, 'before')),
};

function proveBefore(site: LabSite, { captures, commands }: LabEvidence): Check {
  return check(() => {
    if (!captures.before) return fails(telling(prose('Nothing has been captured yet.')));
    if (!isDone(commands.before)) return fails(telling(prose('The call did not succeed.')));
    const called = calledAddresses(site, captures.before);
    if (called.length === 0) return fails(telling(prose('No connection to EC2 was captured.')));
    return called.every(isPublic)
      ? holds(telling(prose('The call went to {0}, a public address.'), called.join(', ')), ...called)
      : fails(telling(prose('The call went to {0}, which is private already.'), called.join(', ')));
  });
}

/** Outside the ranges of RFC 1918. */
export const isPublic = (address: string) => !/^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(address);

/** 7.7: the same, by name. */
export const urlStep: Step = {
  id: '7.7',
  title: prose('Name the endpoint yourself'),
  reason: prose(
    'The CLI makes the service’s name from its region. Said by hand it is the same name, so the same answer.',
  ),
  hints: [
    prose('The option’s name is --endpoint-url.'),
    prose('It takes a URL, so it begins with https://.'),
    prose('--endpoint-url https://ec2.REGION.amazonaws.com; misspelt, or without the scheme, the CLI ends with 252.'),
  ],
  symptoms: [
    {
      seen: prose('The CLI ends with 252'),
      recognise: (_site, { commands }) =>
        commands.byUrl?.exitCode === 252
          ? telling(prose('the option is misspelt, or its URL has no scheme'))
          : undefined,
    },
  ],
  done: proveUrl,
  proof: proveUrl,
  action: (site, { commands }) => {
    const instance = findInstance(site);
    if (!instance || commands.byUrl) return undefined;
    const commandLine = `${describe(site)} --endpoint-url https://${dnsName(site)}`;
    return { operation: 'run', instanceId: instance.id, command: 'byUrl', commandLine };
  },
};

function proveUrl(site: LabSite, { commands }: LabEvidence): Check {
  return check(() => {
    if (!commands.byUrl) return fails(telling(prose('The call has not been made yet.')));
    return isDone(commands.byUrl)
      ? holds(telling(prose('https://{0} gives the same answer.'), dnsName(site)))
      : fails(telling(prose('The call did not succeed.')));
  });
}

const lookUp = (site: LabSite, command: string): LabAction | undefined => {
  const instance = findInstance(site);
  const name = dnsName(site);
  return (
    instance && {
      operation: 'run',
      instanceId: instance.id,
      command,
      commandLine: `dig +short ${name}; dig +short -x $(dig +short ${name} | head -1)`,
    }
  );
};

/** 7.8: the name before. */
export const nameBeforeStep: Step = {
  id: '7.8',
  title: prose('See where the name leads'),
  reason: prose(
    'Remember the answer: the same question will be asked again. From anywhere on the internet it leads to public addresses as well.',
  ),
  hints: [
    prose('Ask the DNS for the name of EC2’s endpoint.'),
    prose('dig +short prints the addresses; dig -x asks back whose they are.'),
    prose('dig +short ec2.REGION.amazonaws.com'),
  ],
  symptoms: [],
  done: proveNameBefore,
  proof: proveNameBefore,
  action: (site, { commands }) => (commands.digBefore ? undefined : lookUp(site, 'digBefore')),
};

function proveNameBefore(site: LabSite, { commands }: LabEvidence): Check {
  return check(() => {
    const answers = digAddresses(commands.digBefore?.output ?? '');
    if (answers.length === 0) return fails(telling(prose('The name has not been asked for on the instance yet.')));
    return answers.every(isPublic)
      ? holds(telling(prose('{0} leads to {1}, outside.'), dnsName(site), answers.join(', ')), ...answers)
      : fails(telling(prose('{0} leads to {1}, inside already.'), dnsName(site), answers.join(', ')));
  });
}

/** 7.10: the same question. */
export const nameAfterStep: Step = {
  id: '7.10',
  title: prose('Ask for the name again'),
  reason: prose(
    'Nothing on the instance has changed, and the answer has: private DNS of the endpoint answers inside this VPC.',
  ),
  hints: [
    prose('The same question as before.'),
    prose('Compare the answer with the addresses of the endpoint’s interfaces.'),
    prose('An old answer may be remembered for a minute: ask again.'),
  ],
  symptoms: [],
  done: proveNameAfter,
  proof: proveNameAfter,
  action: (site, { commands }) => (commands.digAfter ? undefined : lookUp(site, 'digAfter')),
};

function proveNameAfter(site: LabSite, { commands }: LabEvidence): Check {
  return check(() => {
    const answers = digAddresses(commands.digAfter?.output ?? '');
    if (answers.length === 0) return fails(telling(prose('The name has not been asked for on the instance yet.')));
    const inside = endpointAddresses(site, 'ec2');
    const outside = answers.filter(address => !inside.includes(address));
    return outside.length === 0
      ? holds(
          telling(prose('{0} now leads to {1}, the endpoint’s interface.'), dnsName(site), answers.join(', ')),
          ...answers,
        )
      : fails(
          telling(prose('{0} leads to {1}, which is no interface of the endpoint.'), dnsName(site), outside.join(', ')),
        );
  });
}

/** 7.12: alive without a way out. */
export const aliveStep: Step = {
  id: '7.12',
  title: prose('Call EC2 without a way to the internet'),
  reason: prose('This is the proof: a new session, the same call, private packets; and a call to anywhere else fails.'),
  hints: [
    prose('Open a new session and do what you did before.'),
    prose('Watch the destination: an address of the endpoint’s interface.'),
    prose('curl -m 5 https://example.com must fail now.'),
  ],
  symptoms: [],
  done: proveAlive,
  proof: proveAlive,
  action: (site, { captures, commands }) => {
    const instance = findInstance(site);
    if (!captures.after) return watchCall(site, 'after');
    if (!instance || commands.elsewhere) return undefined;
    return {
      operation: 'run',
      instanceId: instance.id,
      command: 'elsewhere',
      commandLine: 'curl -sS -m 5 https://example.com',
    };
  },
};

function proveAlive(site: LabSite, { captures, commands }: LabEvidence): Check {
  return check(() => {
    if (!captures.after || !commands.elsewhere) return fails(telling(prose('Nothing has been captured yet.')));
    if (!isDone(commands.after)) return fails(telling(prose('The call did not succeed.')));
    const called = calledAddresses(site, captures.after);
    const inside = endpointAddresses(site, 'ec2');
    if (called.length === 0) return fails(telling(prose('No connection to EC2 was captured.')));
    if (!called.every(address => inside.includes(address)))
      return fails(telling(prose('The call went to {0}, which is no interface of the endpoint.'), called.join(', ')));
    return commands.elsewhere.exitCode === 0
      ? fails(telling(prose('example.com answered: there is still a way to the internet.')))
      : holds(telling(prose('EC2 answers at {0}, and nothing else can be reached.'), called.join(', ')), ...called);
  });
}
