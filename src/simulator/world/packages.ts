/** Packages of the Amazon Linux 2023 repository, as far as a learner installs them; sizes rounded from the repository's own metadata. */

export interface Package {
  readonly name: string;
  readonly epoch?: number;
  readonly version: string;
  readonly release: string;
  readonly architecture: 'x86_64' | 'noarch';
  readonly downloadBytes: number;
  readonly installedBytes: number;
  readonly summary: string;
  readonly license: string;
  readonly requires: readonly string[];
  /** Programs that it brings; the guest has them only while it is installed. */
  readonly programs: readonly string[];
  /** Whether the image has it. */
  readonly isPreinstalled: boolean;
}

const kiB = 1024;

type Extra = Partial<
  Pick<Package, 'epoch' | 'architecture' | 'license' | 'requires' | 'programs' | 'isPreinstalled' | 'installedBytes'>
>;

function entry(name: string, versionRelease: string, downloadKiB: number, summary: string, extra: Extra = {}): Package {
  const [version = '', release = ''] = versionRelease.split(/-(?=[^-]+$)/);
  return {
    name,
    version,
    release,
    architecture: 'x86_64',
    downloadBytes: Math.round(downloadKiB * kiB),
    installedBytes: Math.round(downloadKiB * kiB * 2.6),
    summary,
    license: 'GPLv2+',
    requires: [],
    programs: [],
    isPreinstalled: false,
    ...extra,
  };
}

const nginx = { epoch: 1, license: 'BSD-2-Clause' } as const;
const apache = { license: 'ASL 2.0' } as const;
const image = { isPreinstalled: true } as const;

export const packages: readonly Package[] = [
  entry('nginx', '1.28.0-1.amzn2023.0.2', 33, 'A high performance web server and reverse proxy server', {
    ...nginx,
    installedBytes: 155 * kiB,
    requires: ['nginx-core', 'nginx-filesystem', 'generic-logos-httpd'],
  }),
  entry('nginx-core', '1.28.0-1.amzn2023.0.2', 686, 'nginx minimal core', {
    ...nginx,
    requires: ['nginx-filesystem', 'nginx-mimetypes', 'gperftools-libs'],
    programs: ['nginx'],
  }),
  entry('nginx-filesystem', '1.28.0-1.amzn2023.0.2', 9.6, 'The basic directory layout for the Nginx server', {
    ...nginx,
    architecture: 'noarch',
  }),
  entry('nginx-mimetypes', '2.1.49-3.amzn2023.0.3', 21, 'MIME type mappings for nginx', { architecture: 'noarch' }),
  entry('generic-logos-httpd', '18.0.0-12.amzn2023.0.3', 19, 'Generic logos for the web server', {
    architecture: 'noarch',
  }),
  entry('gperftools-libs', '2.9.1-1.amzn2023.0.3', 308, 'Libraries provided by gperftools', {
    license: 'BSD',
    requires: ['libunwind'],
  }),
  entry('libunwind', '1.4.0-5.amzn2023.0.3', 66, 'An unwinding library', { license: 'BSD' }),
  entry('httpd', '2.4.65-1.amzn2023.0.1', 47, 'Apache HTTP Server', {
    ...apache,
    requires: ['httpd-core', 'httpd-filesystem', 'httpd-tools', 'mailcap', 'generic-logos-httpd'],
  }),
  entry('httpd-core', '2.4.65-1.amzn2023.0.1', 1434, 'httpd minimal core', {
    ...apache,
    requires: ['httpd-filesystem', 'httpd-tools', 'apr', 'apr-util', 'mailcap'],
    programs: ['httpd', 'apachectl'],
  }),
  entry('httpd-filesystem', '2.4.65-1.amzn2023.0.1', 13, 'The basic directory layout for the Apache HTTP Server', {
    ...apache,
    architecture: 'noarch',
  }),
  entry('httpd-tools', '2.4.65-1.amzn2023.0.1', 81, 'Tools for use with the Apache HTTP Server', {
    ...apache,
    requires: ['apr', 'apr-util'],
  }),
  entry('apr', '1.7.5-1.amzn2023.0.4', 129, 'Apache Portable Runtime library', apache),
  entry('apr-util', '1.6.3-1.amzn2023.0.2', 98, 'Apache Portable Runtime Utility library', apache),
  entry('mailcap', '2.1.49-3.amzn2023.0.3', 33, 'Helper application and MIME type associations for file types', {
    architecture: 'noarch',
  }),
  entry('nmap', '7.93-1.amzn2023.0.2', 5632, 'Network exploration tool and security scanner', {
    license: 'Nmap',
    requires: ['nmap-ncat', 'libssh2'],
    programs: ['nmap'],
    epoch: 3,
  }),
  entry('nmap-ncat', '7.93-1.amzn2023.0.2', 232, "Nmap's Netcat replacement", {
    license: 'Nmap',
    requires: ['libpcap'],
    programs: ['nc', 'ncat'],
    epoch: 3,
  }),
  entry('libssh2', '1.11.1-1.amzn2023.0.2', 133, 'A library implementing the SSH2 protocol', { license: 'BSD' }),
  entry('traceroute', '2.1.3-1.amzn2023.0.1', 60, 'Traces the route taken by packets over an IPv4/IPv6 network', {
    programs: ['traceroute'],
  }),
  entry('tmux', '3.2a-3.amzn2023.0.2', 477, 'A terminal multiplexer', { license: 'ISC', programs: ['tmux'] }),
  entry('telnet', '0.17-83.amzn2023.0.2', 65, 'The client program for the Telnet remote login protocol', {
    license: 'BSD',
    epoch: 1,
    programs: ['telnet'],
  }),
  entry('tree', '1.8.0-6.amzn2023.0.2', 55, 'File system tree viewer', { programs: ['tree'] }),
  entry('htop', '3.2.1-87.amzn2023.0.3', 182, 'Interactive process viewer', { programs: ['htop'] }),
  entry('git', '2.50.1-1.amzn2023.0.1', 53, 'Fast Version Control System', {
    requires: ['git-core'],
    programs: ['git'],
  }),
  entry('git-core', '2.50.1-1.amzn2023.0.1', 4915, 'Core package of git with minimal functionality'),
  entry('python3-pip', '21.3.1-2.amzn2023.0.13', 1843, 'A tool for installing and managing Python3 packages', {
    architecture: 'noarch',
    license: 'MIT',
    programs: ['pip3'],
  }),
  entry('bind-utils', '9.18.33-1.amzn2023.0.2', 212, 'Utilities for querying DNS name servers', {
    ...image,
    epoch: 32,
    license: 'MPLv2.0',
    programs: ['dig', 'host', 'nslookup'],
  }),
  entry('tcpdump', '4.99.1-1.amzn2023.0.2', 491, 'A network traffic monitoring tool', {
    ...image,
    epoch: 14,
    license: 'BSD',
    requires: ['libpcap'],
    programs: ['tcpdump'],
  }),
  entry('libpcap', '1.10.1-1.amzn2023.0.2', 173, 'A system-independent interface for packet capture', {
    ...image,
    epoch: 14,
    license: 'BSD',
  }),
  entry('jq', '1.7.1-51.amzn2023.0.1', 187, 'Command-line JSON processor', { ...image, programs: ['jq'] }),
  entry('wget', '1.21.3-1.amzn2023.0.4', 792, 'A utility for retrieving files using the HTTP protocol', {
    ...image,
    programs: ['wget'],
  }),
  entry('less', '608-2.amzn2023.0.3', 161, 'A text file browser similar to more, but better', {
    ...image,
    programs: ['less'],
  }),
  entry('amazon-ssm-agent', '3.3.2299.0-1.amzn2023', 24_000, 'Manage EC2 Instances using SSM APIs', {
    ...image,
    ...apache,
  }),
  entry('awscli-2', '2.30.4-1.amzn2023.0.1', 14_000, 'Universal Command Line Environment for AWS, version 2', {
    ...image,
    ...apache,
    architecture: 'noarch',
  }),
  entry('bash', '5.2.15-1.amzn2023.0.2', 1800, 'The GNU Bourne Again shell', image),
  entry('chrony', '4.3-1.amzn2023.0.5', 322, 'An NTP client/server', image),
  entry('cloud-init', '22.2.2-1.amzn2023.1.18', 1100, 'Cloud instance init scripts', {
    ...image,
    architecture: 'noarch',
  }),
  entry('coreutils', '8.32-30.amzn2023.0.4', 1100, 'A set of basic GNU tools commonly used in shell scripts', image),
  entry('curl-minimal', '8.11.1-4.amzn2023.0.1', 147, 'Conservatively configured build of curl', {
    ...image,
    license: 'MIT',
  }),
  entry('dnf', '4.14.0-1.amzn2023.0.6', 470, 'Package manager', { ...image, architecture: 'noarch' }),
  entry('ec2-instance-connect', '1.1-19.amzn2023', 26, 'EC2 Instance Connect scripts for the SSH daemon', {
    ...image,
    ...apache,
    architecture: 'noarch',
  }),
  entry('grep', '3.8-1.amzn2023.0.4', 293, 'Pattern matching utilities', image),
  entry('iproute', '6.10.0-2.amzn2023.0.1', 780, 'Advanced IP routing and network device configuration tools', image),
  entry('iputils', '20210202-2.amzn2023.0.4', 170, 'Network monitoring tools including ping', image),
  entry('openssh-clients', '8.7p1-8.amzn2023.0.18', 706, 'An open source SSH client applications', {
    ...image,
    license: 'BSD',
  }),
  entry('openssh-server', '8.7p1-8.amzn2023.0.18', 454, 'An open source SSH server daemon', {
    ...image,
    license: 'BSD',
  }),
  entry('python3', '3.9.23-1.amzn2023.0.3', 27, 'Python 3.9 interpreter', { ...image, license: 'Python' }),
  entry('sudo', '1.9.15-1.p5.amzn2023.0.1', 1300, 'Allows restricted root access for specified users', {
    ...image,
    license: 'ISC',
  }),
  entry('systemd', '252.23-6.amzn2023', 4100, 'System and Service Manager', image),
];

const byName = new Map(packages.map(one => [one.name, one]));
const byProgram = new Map(packages.flatMap(one => one.programs.map(program => [program, one] as const)));

export function findPackage(name: string): Package | undefined {
  return byName.get(name);
}

/** The package without which a guest does not have the program; undefined when every guest has it. */
export function packageOfProgram(program: string): Package | undefined {
  return byProgram.get(program);
}

/** `[epoch:]version-release`. */
export function packageVersion({ epoch, version, release }: Package): string {
  return `${epoch === undefined ? '' : `${epoch}:`}${version}-${release}`;
}

/** `name-[epoch:]version-release.arch`, as dnf prints a package. */
export function fullPackageName(one: Package): string {
  return `${one.name}-${packageVersion(one)}.${one.architecture}`;
}

/** Its file in the repository, which does not tell the epoch. */
export function packageFileName({ name, version, release, architecture }: Package): string {
  return `${name}-${version}-${release}.${architecture}.rpm`;
}
