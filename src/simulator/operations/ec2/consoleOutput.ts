import type { Instance } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import { findImage } from '../../world/images';
import type { PlaceState } from '../../world/placeState';
import { find } from '../common/resourceIds';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { detailsOf, privateName } from './instanceShapes';

/** How long after a start EC2 has something to show. */
const delayMs = 60_000;

/** What the machine wrote to its console while it booted, as far as a practice machine has anything to say. */
function bootLog(region: PlaceState, instance: Instance): string {
  const host = privateName(region, instance).split('.')[0] ?? '';
  const kernel = /kernel-(\d+\.\d+)/.exec(findImage(region.place, instance.imageId)?.name ?? '')?.[1] ?? '';
  return [
    `[    0.000000] Linux version ${kernel} (mockbuild@ip-10-0-0-1)`,
    '[    0.000000] Hypervisor detected: KVM',
    '[    1.842301] systemd[1]: Detected virtualization amazon.',
    `[    1.861277] systemd[1]: Hostname set to <${host}>.`,
    'Starting cloud-init.service - Initial cloud-init job (metadata service crawler)...',
    '[  OK  ] Started amazon-ssm-agent.service - amazon-ssm-agent.',
    'Amazon Linux 2023',
    `${host} login: `,
    '',
  ].join('\r\n');
}

function getConsoleOutput(
  input: Ec2.GetConsoleOutputRequest,
  { region, nowMs }: CallContext,
): Ec2.GetConsoleOutputResult {
  const instance = find('instance', region.instances, input.InstanceId ?? '');
  const { runningSinceMs } = detailsOf(region, instance);
  const isShown = runningSinceMs !== undefined && runningSinceMs + delayMs <= nowMs;
  return {
    InstanceId: instance.id,
    Timestamp: wholeSeconds(nowMs),
    ...(isShown ? { Output: btoa(bootLog(region, instance)) } : {}),
  };
}

export const consoleOutputOperations: OperationTable = { GetConsoleOutput: getConsoleOutput };
