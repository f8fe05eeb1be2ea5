/** A call that names the endpoint in `--endpoint-url`, and how it goes wrong. */
import { prose, type Telling, telling } from '../../core/prose';
import { type Check, check, fails, holds } from '../check';
import type { Symptom } from '../lab';
import type { LabEvidence } from '../labEvidence';
import type { LabSite } from '../labWorld';
import { isOpened } from '../packetProofs';
import { callsTo, destinationsOf } from './calls';
import { groundInterface } from './ground';
import { endpointAddresses, type Subject } from './interfaceEndpoint';

/** The connections to the service that were captured under a command's name. */
export function capturedCalls(site: LabSite, { captures }: LabEvidence, subject: Subject, command: string) {
  const found = groundInterface(subject.ground, site);
  const capture = captures[command];
  return found && capture ? callsTo(site, subject.service, found.nic, capture) : [];
}

/** Every connection went to the endpoint's interfaces and was answered, and the command succeeded. */
export function proveInside(site: LabSite, evidence: LabEvidence, subject: Subject, command: string): Check {
  return check(() => {
    const result = evidence.commands[command];
    if (!evidence.captures[command] || !result) return fails(telling(prose('Nothing has been captured yet.')));
    const calls = capturedCalls(site, evidence, subject, command);
    if (calls.length === 0) return fails(telling(prose('The instance opened no connection to port 443.')));
    const inside = endpointAddresses(site, subject);
    const stray = calls.find(({ destination }) => !inside.includes(destination));
    if (stray)
      return fails(
        telling(prose('A connection went to {0}, which is no interface of the endpoint.'), stray.destination),
      );
    const unanswered = calls.find(call => !isOpened(call));
    if (unanswered) return fails(telling(prose('{0} did not answer.'), unanswered.destination));
    if (result.exitCode !== 0)
      return fails(
        telling(prose('The packets are private, but the command ended with {0}.'), String(result.exitCode ?? '–')),
      );
    const addresses = destinationsOf(calls);
    return holds(
      telling(prose('Every connection to port 443 went to {0} and was answered.'), addresses.join(', ')),
      ...addresses,
    );
  });
}

const outputOf = ({ commands }: LabEvidence, command: string) => commands[command]?.output ?? '';

/** What is wrong with the URL of a command, by what the AWS CLI says. */
export const urlSymptoms = (command: string): readonly Symptom[] => [
  {
    seen: prose('The command says: Bad value for --endpoint-url, scheme is missing'),
    recognise: (_site, evidence) =>
      /scheme is missing/.test(outputOf(evidence, command))
        ? telling(prose('the URL lacks its beginning, https://'))
        : undefined,
  },
  {
    seen: prose('The command says: Could not connect to the endpoint URL'),
    recognise: (_site, evidence) => whyNoSuchName(outputOf(evidence, command)),
  },
  {
    seen: prose('The command ends with a connect timeout on a URL that begins with http://'),
    recognise: (_site, evidence) =>
      /Connect timeout on endpoint URL: "http:/.test(outputOf(evidence, command))
        ? telling(prose('the URL begins with http://, and the endpoint’s group admits port 443 only'))
        : undefined,
  },
];

function whyNoSuchName(output: string): Telling | undefined {
  const name = /Could not connect to the endpoint URL: "https?:\/\/([^/"]+)/.exec(output)?.[1];
  return name === undefined ? undefined : telling(prose('no such name exists: {0}'), name);
}
