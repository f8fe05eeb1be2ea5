/** What `aws <service> wait` waits for (AWS CLI Command Reference, "wait" of each service; boto/botocore:botocore/data/…/waiters-2.json). */

export interface WaiterRule {
  /** `InstanceRunning` */
  readonly name: string;
  readonly operation: string;
  readonly delaySeconds: number;
  readonly attempts: number;
  /** The first that fits an answer decides. */
  readonly acceptors: readonly Acceptor[];
}

export type WaiterState = 'success' | 'failure' | 'retry';

/** What an answer must be like: its status, its error's code, or what an expression finds in it. */
export type Acceptor =
  | { readonly state: WaiterState; readonly matcher: 'status'; readonly expected: number }
  | { readonly state: WaiterState; readonly matcher: 'error'; readonly expected: string }
  | {
      readonly state: WaiterState;
      readonly matcher: 'path' | 'pathAll' | 'pathAny';
      readonly argument: string;
      readonly expected: string | boolean;
    };

const status = (state: WaiterState, expected: number): Acceptor => ({ state, matcher: 'status', expected });
const error = (state: WaiterState, expected: string): Acceptor => ({ state, matcher: 'error', expected });
const path = (state: WaiterState, argument: string, expected: string | boolean): Acceptor => ({
  state,
  matcher: 'path',
  argument,
  expected,
});
const all = (state: WaiterState, argument: string, expected: string): Acceptor => ({
  state,
  matcher: 'pathAll',
  argument,
  expected,
});
const any = (state: WaiterState, argument: string, expected: string): Acceptor => ({
  state,
  matcher: 'pathAny',
  argument,
  expected,
});

function waiter(
  name: string,
  operation: string,
  delaySeconds: number,
  attempts: number,
  ...acceptors: readonly Acceptor[]
): WaiterRule {
  return { name, operation, delaySeconds, attempts, acceptors };
}

/** By the service's name in the CLI's own terms. */
export const waiterTable: Readonly<Record<string, readonly WaiterRule[]>> = {
  ec2: [
    waiter(
      'BundleTaskComplete',
      'DescribeBundleTasks',
      15,
      40,
      all('success', 'BundleTasks[].State', 'complete'),
      any('failure', 'BundleTasks[].State', 'failed'),
    ),
    waiter(
      'ConversionTaskCancelled',
      'DescribeConversionTasks',
      15,
      40,
      all('success', 'ConversionTasks[].State', 'cancelled'),
    ),
    waiter(
      'ConversionTaskCompleted',
      'DescribeConversionTasks',
      15,
      40,
      all('success', 'ConversionTasks[].State', 'completed'),
      any('failure', 'ConversionTasks[].State', 'cancelled'),
      any('failure', 'ConversionTasks[].State', 'cancelling'),
    ),
    waiter(
      'ConversionTaskDeleted',
      'DescribeConversionTasks',
      15,
      40,
      all('success', 'ConversionTasks[].State', 'deleted'),
    ),
    waiter(
      'CustomerGatewayAvailable',
      'DescribeCustomerGateways',
      15,
      40,
      all('success', 'CustomerGateways[].State', 'available'),
      any('failure', 'CustomerGateways[].State', 'deleted'),
      any('failure', 'CustomerGateways[].State', 'deleting'),
    ),
    waiter('ExportTaskCancelled', 'DescribeExportTasks', 15, 40, all('success', 'ExportTasks[].State', 'cancelled')),
    waiter('ExportTaskCompleted', 'DescribeExportTasks', 15, 40, all('success', 'ExportTasks[].State', 'completed')),
    waiter(
      'ImageAvailable',
      'DescribeImages',
      15,
      40,
      all('success', 'Images[].State', 'available'),
      any('failure', 'Images[].State', 'failed'),
    ),
    waiter(
      'ImageExists',
      'DescribeImages',
      15,
      40,
      path('success', 'length(Images[]) > `0`', true),
      error('retry', 'InvalidAMIID.NotFound'),
    ),
    waiter(
      'InstanceExists',
      'DescribeInstances',
      5,
      40,
      path('success', 'length(Reservations[]) > `0`', true),
      error('retry', 'InvalidInstanceID.NotFound'),
    ),
    waiter(
      'InstanceRunning',
      'DescribeInstances',
      15,
      40,
      all('success', 'Reservations[].Instances[].State.Name', 'running'),
      any('failure', 'Reservations[].Instances[].State.Name', 'shutting-down'),
      any('failure', 'Reservations[].Instances[].State.Name', 'terminated'),
      any('failure', 'Reservations[].Instances[].State.Name', 'stopping'),
      error('retry', 'InvalidInstanceID.NotFound'),
    ),
    waiter(
      'InstanceStatusOk',
      'DescribeInstanceStatus',
      15,
      40,
      all('success', 'InstanceStatuses[].InstanceStatus.Status', 'ok'),
      error('retry', 'InvalidInstanceID.NotFound'),
    ),
    waiter(
      'InstanceStopped',
      'DescribeInstances',
      15,
      40,
      all('success', 'Reservations[].Instances[].State.Name', 'stopped'),
      any('failure', 'Reservations[].Instances[].State.Name', 'pending'),
      any('failure', 'Reservations[].Instances[].State.Name', 'terminated'),
    ),
    waiter(
      'InstanceTerminated',
      'DescribeInstances',
      15,
      40,
      all('success', 'Reservations[].Instances[].State.Name', 'terminated'),
      any('failure', 'Reservations[].Instances[].State.Name', 'pending'),
      any('failure', 'Reservations[].Instances[].State.Name', 'stopping'),
    ),
    waiter(
      'InternetGatewayExists',
      'DescribeInternetGateways',
      5,
      6,
      path('success', 'length(InternetGateways[].InternetGatewayId) > `0`', true),
      error('retry', 'InvalidInternetGateway.NotFound'),
    ),
    waiter(
      'KeyPairExists',
      'DescribeKeyPairs',
      5,
      6,
      path('success', 'length(KeyPairs[].KeyName) > `0`', true),
      error('retry', 'InvalidKeyPair.NotFound'),
    ),
    waiter(
      'NatGatewayAvailable',
      'DescribeNatGateways',
      15,
      40,
      all('success', 'NatGateways[].State', 'available'),
      any('failure', 'NatGateways[].State', 'failed'),
      any('failure', 'NatGateways[].State', 'deleting'),
      any('failure', 'NatGateways[].State', 'deleted'),
      error('retry', 'NatGatewayNotFound'),
    ),
    waiter(
      'NatGatewayDeleted',
      'DescribeNatGateways',
      15,
      40,
      all('success', 'NatGateways[].State', 'deleted'),
      error('success', 'NatGatewayNotFound'),
    ),
    waiter(
      'NetworkInterfaceAvailable',
      'DescribeNetworkInterfaces',
      20,
      10,
      all('success', 'NetworkInterfaces[].Status', 'available'),
      error('failure', 'InvalidNetworkInterfaceID.NotFound'),
    ),
    waiter('PasswordDataAvailable', 'GetPasswordData', 15, 40, path('success', 'length(PasswordData) > `0`', true)),
    waiter(
      'SecurityGroupExists',
      'DescribeSecurityGroups',
      5,
      6,
      path('success', 'length(SecurityGroups[].GroupId) > `0`', true),
      error('retry', 'InvalidGroup.NotFound'),
    ),
    waiter(
      'SnapshotCompleted',
      'DescribeSnapshots',
      15,
      40,
      all('success', 'Snapshots[].State', 'completed'),
      any('failure', 'Snapshots[].State', 'error'),
    ),
    waiter(
      'SpotInstanceRequestFulfilled',
      'DescribeSpotInstanceRequests',
      15,
      40,
      all('success', 'SpotInstanceRequests[].Status.Code', 'fulfilled'),
      all('success', 'SpotInstanceRequests[].Status.Code', 'request-canceled-and-instance-running'),
      any('failure', 'SpotInstanceRequests[].Status.Code', 'schedule-expired'),
      any('failure', 'SpotInstanceRequests[].Status.Code', 'canceled-before-fulfillment'),
      any('failure', 'SpotInstanceRequests[].Status.Code', 'bad-parameters'),
      any('failure', 'SpotInstanceRequests[].Status.Code', 'system-error'),
      error('retry', 'InvalidSpotInstanceRequestID.NotFound'),
    ),
    waiter('SubnetAvailable', 'DescribeSubnets', 15, 40, all('success', 'Subnets[].State', 'available')),
    waiter(
      'SystemStatusOk',
      'DescribeInstanceStatus',
      15,
      40,
      all('success', 'InstanceStatuses[].SystemStatus.Status', 'ok'),
    ),
    waiter(
      'VolumeAvailable',
      'DescribeVolumes',
      15,
      40,
      all('success', 'Volumes[].State', 'available'),
      any('failure', 'Volumes[].State', 'deleted'),
    ),
    waiter(
      'VolumeDeleted',
      'DescribeVolumes',
      15,
      40,
      all('success', 'Volumes[].State', 'deleted'),
      error('success', 'InvalidVolume.NotFound'),
    ),
    waiter(
      'VolumeInUse',
      'DescribeVolumes',
      15,
      40,
      all('success', 'Volumes[].State', 'in-use'),
      any('failure', 'Volumes[].State', 'deleted'),
    ),
    waiter('VpcAvailable', 'DescribeVpcs', 15, 40, all('success', 'Vpcs[].State', 'available')),
    waiter('VpcExists', 'DescribeVpcs', 1, 5, status('success', 200), error('retry', 'InvalidVpcID.NotFound')),
    waiter(
      'VpcPeeringConnectionDeleted',
      'DescribeVpcPeeringConnections',
      15,
      40,
      all('success', 'VpcPeeringConnections[].Status.Code', 'deleted'),
      error('success', 'InvalidVpcPeeringConnectionID.NotFound'),
    ),
    waiter(
      'VpcPeeringConnectionExists',
      'DescribeVpcPeeringConnections',
      15,
      40,
      status('success', 200),
      error('retry', 'InvalidVpcPeeringConnectionID.NotFound'),
    ),
    waiter(
      'VpnConnectionAvailable',
      'DescribeVpnConnections',
      15,
      40,
      all('success', 'VpnConnections[].State', 'available'),
      any('failure', 'VpnConnections[].State', 'deleting'),
      any('failure', 'VpnConnections[].State', 'deleted'),
    ),
    waiter(
      'VpnConnectionDeleted',
      'DescribeVpnConnections',
      15,
      40,
      all('success', 'VpnConnections[].State', 'deleted'),
      any('failure', 'VpnConnections[].State', 'pending'),
    ),
  ],
  elbv2: [
    waiter(
      'LoadBalancerAvailable',
      'DescribeLoadBalancers',
      15,
      40,
      all('success', 'LoadBalancers[].State.Code', 'active'),
      any('retry', 'LoadBalancers[].State.Code', 'provisioning'),
      error('retry', 'LoadBalancerNotFound'),
    ),
    waiter(
      'LoadBalancerExists',
      'DescribeLoadBalancers',
      15,
      40,
      status('success', 200),
      error('retry', 'LoadBalancerNotFound'),
    ),
    waiter(
      'LoadBalancersDeleted',
      'DescribeLoadBalancers',
      15,
      40,
      all('retry', 'LoadBalancers[].State.Code', 'active'),
      error('success', 'LoadBalancerNotFound'),
    ),
    waiter(
      'TargetDeregistered',
      'DescribeTargetHealth',
      15,
      40,
      error('success', 'InvalidTarget'),
      all('success', 'TargetHealthDescriptions[].TargetHealth.State', 'unused'),
    ),
    waiter(
      'TargetInService',
      'DescribeTargetHealth',
      15,
      40,
      all('success', 'TargetHealthDescriptions[].TargetHealth.State', 'healthy'),
      error('retry', 'InvalidInstance'),
    ),
  ],
  iam: [
    waiter('InstanceProfileExists', 'GetInstanceProfile', 1, 40, status('success', 200), status('retry', 404)),
    waiter('PolicyExists', 'GetPolicy', 1, 20, status('success', 200), error('retry', 'NoSuchEntity')),
    waiter('RoleExists', 'GetRole', 1, 20, status('success', 200), error('retry', 'NoSuchEntity')),
    waiter('UserExists', 'GetUser', 1, 20, status('success', 200), error('retry', 'NoSuchEntity')),
  ],
  s3: [
    waiter(
      'BucketExists',
      'HeadBucket',
      5,
      20,
      status('success', 200),
      status('success', 301),
      status('success', 403),
      status('retry', 404),
    ),
    waiter('BucketNotExists', 'HeadBucket', 5, 20, status('success', 404)),
    waiter('ObjectExists', 'HeadObject', 5, 20, status('success', 200), status('retry', 404)),
    waiter('ObjectNotExists', 'HeadObject', 5, 20, status('success', 404)),
  ],
  ssm: [
    waiter(
      'CommandExecuted',
      'GetCommandInvocation',
      5,
      20,
      path('retry', 'Status', 'Pending'),
      path('retry', 'Status', 'InProgress'),
      path('retry', 'Status', 'Delayed'),
      path('success', 'Status', 'Success'),
      path('failure', 'Status', 'Cancelled'),
      path('failure', 'Status', 'TimedOut'),
      path('failure', 'Status', 'Failed'),
      path('failure', 'Status', 'Cancelling'),
      error('retry', 'InvocationDoesNotExist'),
    ),
  ],
};
