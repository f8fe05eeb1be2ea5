import { prose, type Telling, telling } from '../../core/prose';
import { type Check, check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import type { LabEvidence } from '../labEvidence';
import type { LabSite } from '../labWorld';
import { isDropped, isOpened } from '../packetProofs';
import { destinationsOf } from '../privateNetwork/calls';
import { endpointAddresses } from '../privateNetwork/interfaceEndpoint';
import { capturedCalls, proveInside, urlSymptoms } from '../privateNetwork/urlCall';
import { callLine, findEndpoint, ground, regionalName, subject } from './find';

/** The names of the calls among the evidence. */
const byUrl = 'byUrl';
const byName = 'byName';
const byNameWithout = 'byNameWithoutPrivateDns';

function watch(site: LabSite, command: string, commandLine: string): LabAction | undefined {
  const instance = ground.findInstance(site);
  return (
    instance && {
      operation: 'captureWhile',
      instanceId: instance.id,
      filter: 'port 443 or port 53',
      command,
      commandLine,
    }
  );
}

/** 3.7: the call by the endpoint's own name. */
export const urlStep: Step = {
  id: '3.7',
  title: prose('Call EC2 by the endpoint’s name'),
  reason: prose('--endpoint-url sends one command to the endpoint, whatever the normal name leads to.'),
  hints: [
    prose('Take the name without a zone of step 3.6.'),
    prose('The URL is https:// and that name.'),
    prose('aws ec2 describe-instances --endpoint-url https://vpce-….vpce.amazonaws.com, while you watch port 443.'),
  ],
  symptoms: [
    ...urlSymptoms(byUrl),
    {
      seen: prose('The command says: UnauthorizedOperation'),
      recognise: (_site, { commands }) =>
        /UnauthorizedOperation/.test(commands[byUrl]?.output ?? '')
          ? telling(prose('the role lacks a policy; the network is fine, since EC2 answered'))
          : undefined,
    },
  ],
  done: (site, evidence) => proveInside(site, evidence, subject, byUrl),
  proof: (site, evidence) => proveInside(site, evidence, subject, byUrl),
  action: (site, { commands }) => {
    const endpoint = findEndpoint(site);
    const name = endpoint && regionalName(endpoint);
    if (name === undefined || commands[byUrl]) return undefined;
    return watch(site, byUrl, `${callLine(site)} --endpoint-url https://${name}`);
  },
};

/** 3.8: the call by the normal name, with private DNS and without. */
export const nameStep: Step = {
  id: '3.8',
  title: prose('Call EC2 by its normal name, with private DNS and without'),
  reason: prose(
    'It is often said that the plain command cannot use an interface endpoint. It can, as long as private DNS is on; when it is off the name leads outside again, and the URL is the only way.',
  ),
  hints: [
    prose('Leave --endpoint-url out.'),
    prose('Then switch private DNS off: Actions, Modify private DNS name.'),
    prose('Wait for a minute, because the old answer lives on, and call again: now it must fail as in step 3.3.'),
  ],
  symptoms: [
    { seen: prose('The normal name leads to a public address'), recognise: whyOutside },
    {
      seen: prose('The call still goes to the endpoint after private DNS was switched off'),
      recognise: whyStillInside,
    },
  ],
  done: proveBothWays,
  proof: proveBothWays,
  action: nextCall,
};

function nextCall(site: LabSite, { commands }: LabEvidence): LabAction | undefined {
  const endpoint = findEndpoint(site);
  if (!endpoint) return undefined;
  const switchTo = (isEnabled: boolean): LabAction | undefined =>
    endpoint.state === 'available' ? { operation: 'modifyPrivateDns', endpointId: endpoint.id, isEnabled } : undefined;
  if (!commands[byName]) return endpoint.privateDnsEnabled ? watch(site, byName, callLine(site)) : switchTo(true);
  if (commands[byNameWithout] || commands[byName].exitCode !== 0) return undefined;
  return endpoint.privateDnsEnabled
    ? switchTo(false)
    : watch(site, byNameWithout, `sleep 65; AWS_MAX_ATTEMPTS=1 ${callLine(site)}`);
}

function proveBothWays(site: LabSite, evidence: LabEvidence): Check {
  const inside = proveInside(site, evidence, subject, byName);
  if (inside.state !== 'holds') return inside;
  return check(() => {
    if (!evidence.captures[byNameWithout])
      return fails(telling(prose('The call has not been tried with private DNS off yet.')));
    const calls = capturedCalls(site, evidence, subject, byNameWithout);
    const opened = calls.find(isOpened);
    if (opened) return fails(telling(prose('{0} answered, although private DNS is off.'), opened.destination));
    if (!calls.some(isDropped)) return fails(telling(prose('The instance opened no connection to port 443.')));
    const [with_, without] = [byName, byNameWithout].map(command =>
      destinationsOf(capturedCalls(site, evidence, subject, command)).join(', '),
    );
    return holds(
      telling(
        prose('With private DNS the name led to {0}; without it to {1}, which did not answer.'),
        with_ ?? '',
        without ?? '',
      ),
    );
  });
}

function whyOutside(site: LabSite, evidence: LabEvidence): Telling | undefined {
  const endpoint = findEndpoint(site);
  if (!endpoint || endpoint.privateDnsEnabled) return undefined;
  const inside = endpointAddresses(site, subject);
  const calls = capturedCalls(site, evidence, subject, byName);
  const isInside = calls.some(({ destination }) => inside.includes(destination));
  return isInside
    ? undefined
    : telling(prose('private DNS of endpoint {0} is off: the normal name leads outside'), endpoint.id);
}

function whyStillInside(site: LabSite, evidence: LabEvidence): Telling | undefined {
  const opened = capturedCalls(site, evidence, subject, byNameWithout).find(isOpened);
  return opened && endpointAddresses(site, subject).includes(opened.destination)
    ? telling(prose('the old answer, {0}, was still in a cache: it lives for a minute'), opened.destination)
    : undefined;
}
