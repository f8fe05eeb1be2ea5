import type { HostNetwork } from '../../network/hostNetwork';
import { programPath } from '../packages/programPath';
import { executableContent } from './executable';
import type { GuestFileSystem } from './guestFileSystem';

export interface GuestIdentity {
  readonly network: HostNetwork;
  readonly hostName: string;
  readonly region: string;
}

/** What an Amazon Linux 2023 instance has on its disk, as far as a learner looks. */
export function installGuest(
  disk: GuestFileSystem,
  guest: GuestIdentity & { readonly programNames: Iterable<string> },
): void {
  for (const directory of [
    '/tmp',
    '/var/tmp',
    '/var/log',
    '/home/ssm-user',
    '/home/ec2-user',
    '/root',
    '/usr/local/bin',
    '/etc/sudoers.d',
    '/etc/yum.repos.d',
    '/etc/dnf/vars',
    '/run',
    '/var/cache/dnf',
    '/dev',
  ]) {
    disk.placeDirectory(directory);
  }
  for (const device of ['null', 'zero', 'tty', 'stdin', 'stdout', 'stderr']) disk.place(`/dev/${device}`, '', 0o666);
  for (const name of guest.programNames) {
    disk.place(programPath(name), executableContent(name), 0o755);
  }
  disk.placeLink('/bin', '/usr/bin');
  disk.placeLink('/sbin', '/usr/sbin');
  for (const [path, text] of Object.entries(settings(guest))) disk.place(path, text);
  disk.place('/etc/sudoers.d/ssm-agent-users', '# User rules for ssm-user\nssm-user ALL=(ALL) NOPASSWD:ALL\n', 0o440);
}

/** What systemd-resolved writes where no search domain is known (systemd 252, resolved-resolv-conf.c). */
const rootDomain = '.';

function settings(guest: GuestIdentity): Readonly<Record<string, string>> {
  const { network, hostName } = guest;
  return {
    '/etc/hostname': `${hostName}\n`,
    '/etc/hosts':
      '127.0.0.1   localhost localhost.localdomain localhost4 localhost4.localdomain4\n::1         localhost6 localhost6.localdomain6\n',
    '/etc/resolv.conf': [
      '# This is /run/systemd/resolve/resolv.conf managed by man:systemd-resolved(8).',
      '# Do not edit.',
      ...network.nameServers.map(address => `nameserver ${address}`),
      `search ${network.searchDomain || rootDomain}`,
      '',
    ].join('\n'),
    '/etc/nsswitch.conf': 'passwd:     files\ngroup:      files\nhosts:      files dns myhostname\n',
    '/etc/os-release': [
      'NAME="Amazon Linux"',
      'VERSION="2023"',
      'ID="amzn"',
      'ID_LIKE="fedora"',
      'VERSION_ID="2023"',
      'PLATFORM_ID="platform:al2023"',
      'PRETTY_NAME="Amazon Linux 2023.9.20261020"',
      'ANSI_COLOR="0;33"',
      'CPE_NAME="cpe:2.3:o:amazon:amazon_linux:2023"',
      'HOME_URL="https://aws.amazon.com/linux/amazon-linux-2023/"',
      'SUPPORT_END="2029-06-30"',
      '',
    ].join('\n'),
    '/etc/system-release': 'Amazon Linux release 2023.9.20261020 (Amazon Linux)\n',
    '/etc/passwd': [
      'root:x:0:0:root:/root:/bin/bash',
      'nobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin',
      'tcpdump:x:72:72:tcpdump:/:/sbin/nologin',
      'ec2-user:x:1000:1000:EC2 Default User:/home/ec2-user:/bin/bash',
      'ssm-user:x:1001:1001::/home/ssm-user:/bin/bash',
      '',
    ].join('\n'),
    '/etc/dnf/dnf.conf':
      '[main]\ngpgcheck=True\ninstallonly_limit=3\nclean_requirements_on_remove=True\nbest=False\nskip_if_unavailable=True\n',
    '/etc/dnf/vars/awsregion': `${guest.region}\n`,
    '/etc/dnf/vars/awsdomain': 'amazonaws.com\n',
    '/etc/dnf/vars/dualstack': '.dualstack\n',
    '/etc/yum.repos.d/amazonlinux.repo': [
      '[amazonlinux]',
      'name=Amazon Linux 2023 repository',
      'mirrorlist=https://al2023-repos-$awsregion-de612dc2.s3$dualstack.$awsregion.$awsdomain/core/mirrors/$releasever/$basearch/mirror.list',
      'priority=10',
      'enabled=1',
      'repo_gpgcheck=0',
      'type=rpm',
      'gpgcheck=1',
      'gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-amazon-linux-2023',
      '',
    ].join('\n'),
    '/etc/motd': [
      '   ,     #_',
      '   ~\\_  ####_        Amazon Linux 2023',
      '  ~~  \\_#####\\',
      '  ~~     \\###|',
      '  ~~       \\#/ ___   https://aws.amazon.com/linux/amazon-linux-2023',
      "   ~~       V~' '->",
      '    ~~~         /',
      '      ~~._.   _/',
      '         _/ _/',
      "       _/m/'",
      '',
    ].join('\n'),
    '/etc/protocols': 'ip\t0\tIP\nicmp\t1\tICMP\ntcp\t6\tTCP\nudp\t17\tUDP\n',
  };
}
