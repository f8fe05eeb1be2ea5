import type { WireRequest, WireResponse } from '../core/ports/wire';
import type { ServiceCall } from './network/services/serviceNodes';
import { denied, repositoryAnswer, repositoryBucket, repositoryRegionOf } from './world/packageRepository';
import { decide, parsePolicy } from './world/policyDocument';
import type { WorldView } from './world/regionState';

/**
 * The answer of Amazon Linux's package repository to an unsigned request from inside the network; undefined when the request is for
 * something else. An endpoint's policy applies to the repository's bucket as to any other.
 */
export function answerPackageDownload(
  world: WorldView,
  request: WireRequest,
  via: ServiceCall | undefined,
): WireResponse | undefined {
  const region = repositoryRegionOf(request.host);
  if (!region || via?.service !== 's3') return undefined;
  const resource = `arn:aws:s3:::${repositoryBucket(region)}${request.path}`;
  if (!isAllowedByEndpoint(world, via, resource)) return denied(request.path);
  return repositoryAnswer(request.host, region, request.path);
}

function isAllowedByEndpoint(world: WorldView, { endpointId }: ServiceCall, resource: string): boolean {
  if (!endpointId) return true;
  for (const { endpoints } of world.regions) {
    const text = endpoints.get(endpointId)?.policyDocument;
    const document = text ? parsePolicy(text) : undefined;
    if (document) return decide([document], 's3:GetObject', resource) === 'allowed';
  }
  return true;
}
