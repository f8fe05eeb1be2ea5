import type { InstanceId } from '../../core/ids';
import type { Tags } from '../../core/network';

/** An EBS volume. The practice cloud has those that instances are launched with. */
export interface Volume {
  readonly id: string;
  readonly sizeGib: number;
  readonly kind: 'gp2' | 'gp3';
  readonly iops: number;
  /** MiB a second; gp3 only. */
  readonly throughput: number | undefined;
  readonly isEncrypted: boolean;
  readonly availabilityZone: string;
  readonly createdAtMs: number;
  readonly tags: Tags;
  readonly attachment:
    | {
        readonly instanceId: InstanceId;
        readonly deviceName: string;
        readonly attachedAtMs: number;
        readonly deletesOnTermination: boolean;
      }
    | undefined;
}

/** What a launch says of its root volume. */
export type VolumePlan = Pick<Volume, 'sizeGib' | 'kind' | 'iops' | 'throughput' | 'isEncrypted' | 'tags'> & {
  readonly deletesOnTermination: boolean;
};

/** As Amazon Linux 2023 images describe it. */
export const rootDeviceName = '/dev/xvda';
export const imageVolume: VolumePlan = {
  sizeGib: 8,
  kind: 'gp3',
  iops: 3000,
  throughput: 125,
  isEncrypted: false,
  deletesOnTermination: true,
  tags: {},
};
