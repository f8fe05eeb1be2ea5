import { gapOf } from '../../core/gaps';
import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';
import type { ProfileRole } from '../../core/ports/roleGateway';
import { known, type Reading, unknown } from '../../core/snapshot';
import type { Lab } from '../../labs/lab';
import { type LabWorld, profilesToRead, runName } from '../../labs/labWorld';
import { asLabError } from '../asLabError';

/** Reads what a lab's checks look at, and nothing else. What cannot be read becomes a gap, as in a snapshot. */
export async function readLabWorld(
  gateways: CloudGateways,
  lab: Lab,
  runId: string,
  options: CallOptions = {},
): Promise<LabWorld> {
  const [snapshot, sessionManager] = await Promise.all([
    gateways.network.readSnapshot(lab.reads, options),
    readingOf('ssm:DescribeInstanceInformation', () => gateways.instances.listSessionManagerStatus(options), options),
  ]);
  const arns = profilesToRead(snapshot, runName(lab.id, runId));
  const roles = await Promise.all(
    arns.map(async (arn): Promise<readonly [string, Reading<ProfileRole | undefined>]> => {
      const read = () => gateways.roles.listPoliciesOfProfile(arn, options);
      return [arn, await readingOf('iam:GetInstanceProfile', read, options)];
    }),
  );
  return { runId, snapshot, roles: new Map(roles), sessionManager };
}

async function readingOf<T>(reading: string, read: () => Promise<T>, { signal }: CallOptions): Promise<Reading<T>> {
  try {
    return known(await read());
  } catch (error) {
    signal?.throwIfAborted();
    return unknown(gapOf(asLabError(error), reading));
  }
}
