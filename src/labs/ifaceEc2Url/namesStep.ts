import { ownNames, privateNames, zoneOfOwnName } from '../../core/endpointNames';
import { prose, telling } from '../../core/prose';
import { subnetIn } from '../../core/snapshotLookup';
import { check, fails, holds } from '../check';
import type { Step } from '../lab';
import { findEndpoint, regionalName } from './find';

/** 3.6: what the endpoint is called. */
export const namesStep: Step = {
  id: '3.6',
  title: prose('Read the endpoint’s names'),
  reason: prose(
    'Every endpoint has names of its own: one for all its zones, and one for each zone. With private DNS the service’s normal name leads to it as well. Its own names resolve everywhere to the same private addresses, but only the VPC and the networks routed to it get there.',
  ),
  hints: [
    prose('The console lists them as DNS names in the details of the endpoint.'),
    prose('They begin with the endpoint’s id; the one with a zone in it is for that zone only.'),
    prose('aws ec2 describe-vpc-endpoints prints them as DnsEntries.'),
  ],
  symptoms: [],
  done: site =>
    check(() => {
      const endpoint = findEndpoint(site);
      const name = endpoint && regionalName(endpoint);
      if (!endpoint || name === undefined) return fails(telling(prose('The endpoint has no names yet.')));
      const zonal = ownNames(endpoint.serviceName, [endpoint]).filter(each => zoneOfOwnName(each) !== undefined);
      const zones = endpoint.subnetIds.map(id => subnetIn(site.snapshot, id).availabilityZone);
      const lacking = zones.find(zone => !zonal.some(each => zoneOfOwnName(each) === zone));
      if (lacking !== undefined)
        return fails(telling(prose('Endpoint {0} has no name for {1} yet.'), endpoint.id, lacking));
      const [normal] = privateNames(endpoint.serviceName, [endpoint]);
      return endpoint.privateDnsEnabled && normal !== undefined
        ? holds(telling(prose('It is called {0}, {1}, and {2}.'), name, zonal.join(', '), normal), name)
        : holds(telling(prose('It is called {0} and {1}; private DNS is off.'), name, zonal.join(', ')), name);
    }),
  action: () => undefined,
};
