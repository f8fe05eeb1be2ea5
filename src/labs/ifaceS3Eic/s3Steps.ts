import { ownNames, zoneOfOwnName } from '../../core/endpointNames';
import { prose, type Telling, telling } from '../../core/prose';
import { type Check, check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import type { LabEvidence } from '../labEvidence';
import type { LabSite } from '../labWorld';
import { isDropped, isOpened } from '../packetProofs';
import { livingEndpoints, mayDo } from '../predicates';
import { destinationsOf } from '../privateNetwork/calls';
import { endpointAddresses } from '../privateNetwork/interfaceEndpoint';
import { capturedCalls, proveInside, urlSymptoms } from '../privateNetwork/urlCall';
import { bucketCommands, bucketTrouble, nextBucketCommand } from '../s3Bucket';
import { bucketUrl, findEndpoint, ground, listLine, starName, subject } from './find';

/** The names of the calls among the evidence. */
export const byUrl = 'byUrl';
const withoutUrl = 'withoutUrl';

function watch(site: LabSite, command: string, commandLine: string): LabAction | undefined {
  const instance = ground.findInstance(site);
  const filter = 'port 443 or port 53';
  return instance && { operation: 'captureWhile', instanceId: instance.id, filter, command, commandLine };
}

/** 5.8: what the endpoint is called. */
export const namesStep: Step = {
  id: '5.8',
  title: prose('Read the endpoint’s names'),
  reason: prose(
    'The names of an S3 endpoint begin with a star. It stands for what one wants of S3: bucket, accesspoint or control.',
  ),
  hints: [
    prose('The console lists them as DNS names in the details of the endpoint.'),
    prose(
      'There is one for the Region and one for each zone; none of them is good for every place, as one sometimes reads.',
    ),
    prose('Replace the star: https://bucket.vpce-….s3.….vpce.amazonaws.com'),
  ],
  symptoms: [],
  done: site =>
    check(() => {
      const endpoint = findEndpoint(site);
      const name = endpoint && starName(endpoint);
      if (!endpoint || name === undefined) return fails(telling(prose('The endpoint has no names yet.')));
      const zonal = ownNames(endpoint.serviceName, [endpoint]).filter(each => zoneOfOwnName(each) !== undefined);
      return holds(
        telling(
          prose('It is called {0} and {1}; the URL for buckets is {2}.'),
          name,
          zonal.join(', '),
          bucketUrl(endpoint) ?? '',
        ),
        name,
      );
    }),
  action: () => undefined,
};

/** 5.9: S3 through the endpoint. */
export const useStep: Step = {
  id: '5.9',
  title: prose('Read S3 through the endpoint'),
  reason: prose(
    'With the endpoint’s URL the packets go to a private address, unlike those through a gateway endpoint.',
  ),
  hints: [
    prose('Give the URL of step 5.8 to every command.'),
    prose('The bucket then stands in the path: aws s3 ls s3://bucket --endpoint-url https://bucket.vpce-…'),
    prose('Watch port 443: the destination must be the address of the endpoint’s interface.'),
  ],
  symptoms: [
    {
      seen: prose('The command says: Invalid endpoint: https://*.vpce-…'),
      recognise: (_site, { commands }) =>
        /Invalid endpoint: https?:\/\/\*/.test(commands[byUrl]?.output ?? '')
          ? telling(prose('the star is still in the URL: put bucket in its place'))
          : undefined,
    },
    ...urlSymptoms(byUrl),
    {
      seen: prose('The command says: AccessDenied'),
      recognise: (site, { commands }) => {
        const instance = ground.findInstance(site);
        const isDenied = [byUrl, ...bucketCommands].some(command =>
          /AccessDenied/.test(commands[command]?.output ?? ''),
        );
        return isDenied && instance && mayDo(site, instance, 's3:ListAllMyBuckets')
          ? telling(
              prose(
                'a policy of the endpoint or of the bucket does not allow it; the network is fine, since S3 answered',
              ),
            )
          : undefined;
      },
    },
  ],
  done: proveUse,
  proof: proveUse,
  action: (site, evidence) => {
    const endpoint = findEndpoint(site);
    const instance = ground.findInstance(site);
    const url = endpoint && bucketUrl(endpoint);
    if (!instance || url === undefined) return undefined;
    const result = evidence.commands[byUrl];
    if (!result) return watch(site, byUrl, `${listLine(site)} --endpoint-url ${url}`);
    if (result.exitCode !== 0) return undefined;
    const { region } = site.snapshot.place;
    const next = nextBucketCommand(evidence, region, `--region ${region} --endpoint-url ${url}`);
    return next && { operation: 'run', instanceId: instance.id, ...next };
  },
};

function proveUse(site: LabSite, evidence: LabEvidence): Check {
  const inside = proveInside(site, evidence, subject, byUrl);
  if (inside.state !== 'holds') return inside;
  const trouble = bucketTrouble(evidence, site.snapshot.place.region);
  return trouble ? fails(trouble) : inside;
}

/** 5.10: S3 without the endpoint's URL. */
export const compareStep: Step = {
  id: '5.10',
  title: prose('Compare: the same without the URL'),
  reason: prose(
    'Without private DNS the normal name leads to public addresses, and the route table decides: a gateway endpoint, a NAT gateway, or nothing at all.',
  ),
  hints: [
    prose('Leave --endpoint-url out.'),
    prose('Watch where the packets go now.'),
    prose('Nothing leads there from this subnet, unless the VPC has a gateway endpoint for S3 as well.'),
  ],
  symptoms: [
    {
      seen: prose('The packets still go to the endpoint'),
      recognise: site => {
        const endpoint = findEndpoint(site);
        return endpoint?.privateDnsEnabled
          ? telling(prose('private DNS of endpoint {0} is on: the normal name leads to it as well'), endpoint.id)
          : undefined;
      },
    },
  ],
  done: proveComparison,
  proof: proveComparison,
  action: (site, { commands }) =>
    commands[withoutUrl] ? undefined : watch(site, withoutUrl, `AWS_MAX_ATTEMPTS=1 ${listLine(site)}`),
};

function proveComparison(site: LabSite, evidence: LabEvidence): Check {
  return check(() => {
    if (!evidence.captures[withoutUrl]) return fails(telling(prose('Nothing has been captured yet.')));
    const calls = capturedCalls(site, evidence, subject, withoutUrl);
    const [first] = calls;
    if (!first) return fails(telling(prose('The instance opened no connection to port 443.')));
    const inside = endpointAddresses(site, subject);
    const entered = calls.find(({ destination }) => inside.includes(destination));
    if (entered)
      return fails(telling(prose('{0} is the endpoint’s own address, without its URL.'), entered.destination));
    const addresses = destinationsOf(calls).join(', ');
    if (calls.every(call => !isOpened(call)) && calls.some(isDropped))
      return holds(telling(prose('Without the URL the packets went to {0}, and nothing came back.'), addresses));
    const way = gatewayWay(site);
    return way
      ? holds(telling(way.text, addresses, ...way.parameters))
      : fails(telling(prose('{0} answered, and no gateway endpoint leads there.'), first.destination));
  });
}

/** A gateway endpoint for S3, which answers in the other one's place. */
function gatewayWay(site: LabSite): Telling | undefined {
  const vpc = ground.findVpc(site);
  const endpoint = findEndpoint(site);
  const gateway =
    vpc &&
    livingEndpoints(site.snapshot, vpc.id).find(
      each => each.kind === 'gateway' && each.serviceName === endpoint?.serviceName,
    );
  return (
    gateway && telling(prose('Without the URL the packets went to {0}, through the gateway endpoint {1}.'), gateway.id)
  );
}
