/** The services of an Amazon Linux 2023 instance, and those that its packages bring. */
import type { Process } from '../kernel/process';
import type { ServiceUnit } from './serviceUnit';

/** A service whose work is not seen from inside the instance. */
async function wait(process: Process): Promise<number> {
  for (;;) await process.waitOn();
}

const chronyUser = { name: 'chrony', id: 995, home: '/var/lib/chrony' };
const resolveUser = { name: 'systemd-resolve', id: 193, home: '/' };

export const units: readonly ServiceUnit[] = [
  {
    name: 'systemd-resolved',
    description: 'Network Name Resolution',
    isEnabledByPreset: true,
    command: ['/usr/lib/systemd/systemd-resolved'],
    user: resolveUser,
    main: wait,
  },
  {
    name: 'chronyd',
    description: 'NTP client/server',
    isEnabledByPreset: true,
    command: ['/usr/sbin/chronyd', '-F', '2'],
    user: chronyUser,
    main: wait,
  },
  {
    name: 'amazon-ssm-agent',
    description: 'amazon-ssm-agent',
    isEnabledByPreset: true,
    command: ['/usr/bin/amazon-ssm-agent'],
    main: wait,
  },
  {
    name: 'sshd',
    description: 'OpenSSH server daemon',
    isEnabledByPreset: true,
    command: ['/usr/sbin/sshd', '-D'],
  },
  {
    name: 'nginx',
    description: 'The nginx HTTP and reverse proxy server',
    packageName: 'nginx-core',
    isEnabledByPreset: false,
    preparations: [['/usr/sbin/nginx', '-t']],
    command: ['/usr/sbin/nginx'],
    isForking: true,
    reloads: true,
  },
  {
    name: 'httpd',
    description: 'The Apache HTTP Server',
    packageName: 'httpd-core',
    isEnabledByPreset: false,
    command: ['/usr/sbin/httpd', '-DFOREGROUND'],
    reloads: true,
  },
];
