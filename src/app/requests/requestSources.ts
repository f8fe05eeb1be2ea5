import { endpointRequests } from './endpointRequests';
import { peeringRequests } from './peeringRequests';
import type { RequestSource } from './pendingRequests';

/** Every kind of request that the inbox holds. */
export const requestSources: readonly RequestSource[] = [endpointRequests, peeringRequests];
