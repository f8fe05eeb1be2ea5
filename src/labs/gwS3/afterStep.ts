import { isFullAccess } from '../../core/endpointPolicy';
import type { Conversation } from '../../core/evidence';
import { covers } from '../../core/ipv4';
import { prose, type Telling, telling } from '../../core/prose';
import { HTTPS } from '../../core/rules/flow';
import { type Check, check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import type { LabEvidence } from '../labEvidence';
import type { LabSite } from '../labWorld';
import { isOpened } from '../packetProofs';
import { letsOutTcp, mayDo } from '../predicates';
import { callsTo, destinationsOf } from '../privateNetwork/calls';
import { groundInterface } from '../privateNetwork/ground';
import { bucketCommands, bucketTrouble, nextBucketCommand } from '../s3Bucket';
import { findEndpoint, findPrefixList, ground } from './find';

export const listBucketsLine = ({ snapshot }: LabSite) =>
  `aws s3 ls --region ${snapshot.place.region} --cli-connect-timeout 5`;

/** 2.7: the same call again. */
export const afterStep: Step = {
  id: '2.7',
  title: prose('After: see it work'),
  reason: prose(
    'The same command, the same public address, but now the route leads there. The packets leave with the instance’s private address and never see the internet.',
  ),
  hints: [
    prose('Call S3 again while you watch port 443.'),
    prose(
      'List the buckets, then one bucket of this Region, and copy an object from it: aws s3 cp s3://bucket/key /tmp/. Without a bucket here, make one and put an object into it.',
    ),
    prose(
      'Compare the destination with the list of step 2.6. A bucket or a command of another Region has other addresses, which the route does not cover; without a Region the command may call us-east-1.',
    ),
  ],
  symptoms: [
    { seen: prose('Still no answer, and the address is not in the list'), recognise: whyOutsideTheList },
    { seen: prose('Still no answer, though the address is in the list'), recognise: whyKeptIn },
    { seen: prose('The command says: AccessDenied'), recognise: whyDenied },
  ],
  done: proveAfter,
  proof: proveAfter,
  action: nextLook,
};

function callsAfter(site: LabSite, { captures }: LabEvidence): readonly Conversation[] {
  const found = groundInterface(ground, site);
  const capture = captures.listBuckets;
  return found && capture ? callsTo(site, 's3', found.nic, capture) : [];
}

const isListed = (site: LabSite, address: string) =>
  findPrefixList(site)?.cidrs.some(cidr => covers(cidr, address)) ?? false;

/** A way through for each command, one after the other; the first one that fails is the last. */
function nextLook(site: LabSite, evidence: LabEvidence): LabAction | undefined {
  const instance = ground.findInstance(site);
  const results = evidence.commands;
  if (!instance) return undefined;
  if (!results.listBuckets)
    return {
      operation: 'captureWhile',
      instanceId: instance.id,
      filter: 'port 443 or port 53',
      command: 'listBuckets',
      commandLine: listBucketsLine(site),
    };
  if (results.listBuckets.exitCode !== 0) return undefined;
  const { region } = site.snapshot.place;
  const next = nextBucketCommand(evidence, region, `--region ${region} --cli-connect-timeout 5`);
  return next && { operation: 'run', instanceId: instance.id, ...next };
}

function proveAfter(site: LabSite, evidence: LabEvidence): Check {
  return check(() => {
    const results = evidence.commands;
    if (!evidence.captures.listBuckets) return fails(telling(prose('Nothing has been captured yet.')));
    const calls = callsAfter(site, evidence);
    if (calls.length === 0) return fails(telling(prose('The instance opened no connection to port 443.')));
    const unanswered = calls.find(call => !isOpened(call));
    if (unanswered) return fails(telling(prose('{0} did not answer.'), unanswered.destination));
    const stray = calls.find(({ destination }) => !isListed(site, destination));
    if (stray)
      return fails(telling(prose('{0} is no address of S3 in {1}.'), stray.destination, site.snapshot.place.region));
    const { listBuckets } = results;
    if (listBuckets?.exitCode !== 0)
      return fails(
        telling(prose('The packets went to S3, but the command ended with {0}.'), String(listBuckets?.exitCode ?? '–')),
      );
    const trouble = bucketTrouble(evidence, site.snapshot.place.region);
    if (trouble) return fails(trouble);
    const addresses = destinationsOf(calls);
    const source = calls[0]?.source ?? '';
    return holds(
      telling(prose('S3 answered {0} from {1}, public addresses of the list.'), source, addresses.join(', ')),
      ...addresses,
    );
  });
}

function whyOutsideTheList(site: LabSite, evidence: LabEvidence): Telling | undefined {
  const stray = callsAfter(site, evidence).find(call => !isListed(site, call.destination));
  const list = findPrefixList(site);
  return stray && list
    ? telling(
        prose('{0} is not in {1}: the command or the bucket is of another Region, which the endpoint does not serve'),
        stray.destination,
        list.id,
      )
    : undefined;
}

function whyKeptIn(site: LabSite, evidence: LabEvidence): Telling | undefined {
  const found = groundInterface(ground, site);
  const lost = callsAfter(site, evidence).find(call => !isOpened(call) && isListed(site, call.destination));
  if (!found || !lost || letsOutTcp(site.snapshot, found.nic, lost.destination, HTTPS)) return undefined;
  const groups = found.nic.securityGroupIds.join(', ');
  return telling(
    prose('security group {0} of the instance does not let TCP 443 out to {1}; it can name the list {2}'),
    groups,
    lost.destination,
    findPrefixList(site)?.id ?? '–',
  );
}

function whyDenied(site: LabSite, evidence: LabEvidence): Telling | undefined {
  const denied = ['listBuckets', ...bucketCommands].some(command =>
    /AccessDenied/.test(evidence.commands[command]?.output ?? ''),
  );
  const endpoint = findEndpoint(site);
  // A role without the rights is the fault of an earlier step.
  const instance = ground.findInstance(site);
  if (!denied || !endpoint || !instance || !mayDo(site, instance, 's3:ListAllMyBuckets')) return undefined;
  return isFullAccess(endpoint.policyDocument)
    ? telling(
        prose('the policy of the role or of the bucket does not allow it; the network is fine, since S3 answered'),
      )
    : telling(
        prose('the policy of endpoint {0} does not allow it; the network is fine, since S3 answered'),
        endpoint.id,
      );
}
