import { doNotRepeatBlindly } from '../answerLost';
import type { AwsConnection } from '../connection';
import { clientConfig, Service } from '../service';

/** The services of one connection. Each loads its part of the SDK when it is first called. */
export function connectServices(connection: AwsConnection) {
  return {
    ec2: new Service(
      connection,
      () => import('./ec2'),
      api => doNotRepeatBlindly('ec2', new api.Client(clientConfig(connection, 'ec2'))),
    ),
    ssm: new Service(
      connection,
      () => import('./ssm'),
      api => new api.Client(clientConfig(connection, 'ssm')),
    ),
    kms: new Service(
      connection,
      () => import('./kms'),
      api => new api.Client(clientConfig(connection, 'kms')),
    ),
    elbv2: new Service(
      connection,
      () => import('./elbv2'),
      api =>
        doNotRepeatBlindly(
          'elasticloadbalancing',
          new api.Client(clientConfig(connection, 'elastic_load_balancing_v2')),
        ),
    ),
    iam: new Service(
      connection,
      () => import('./iam'),
      api => doNotRepeatBlindly('iam', new api.Client(clientConfig(connection, 'iam'))),
    ),
    instanceConnect: new Service(
      connection,
      () => import('./instanceConnect'),
      api => new api.Client(clientConfig(connection, 'ec2_instance_connect')),
    ),
    sts: new Service(
      connection,
      () => import('./sts'),
      api => new api.Client(clientConfig(connection, 'sts')),
    ),
  };
}

export type Services = ReturnType<typeof connectServices>;
export type Ec2 = Services['ec2'];
export type Elbv2 = Services['elbv2'];
