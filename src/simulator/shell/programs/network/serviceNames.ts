/** Names of TCP ports, as /etc/services and nmap-services have them. */
const names: Readonly<Record<number, string>> = {
  21: 'ftp',
  22: 'ssh',
  23: 'telnet',
  25: 'smtp',
  53: 'domain',
  80: 'http',
  110: 'pop3',
  111: 'rpcbind',
  135: 'msrpc',
  139: 'netbios-ssn',
  143: 'imap',
  389: 'ldap',
  443: 'https',
  445: 'microsoft-ds',
  587: 'submission',
  631: 'ipp',
  636: 'ldaps',
  993: 'imaps',
  995: 'pop3s',
  1433: 'ms-sql-s',
  1521: 'oracle',
  2049: 'nfs',
  3000: 'ppp',
  3306: 'mysql',
  3389: 'ms-wbt-server',
  5432: 'postgresql',
  5900: 'vnc',
  6379: 'redis',
  8000: 'http-alt',
  8080: 'http-proxy',
  8443: 'https-alt',
  8888: 'sun-answerbook',
  9000: 'cslistener',
  9090: 'zeus-admin',
  9200: 'wap-wsp',
  11211: 'memcache',
  27017: 'mongod',
};

export function serviceNameOf(port: number): string | undefined {
  return names[port];
}

export const namedPorts: readonly number[] = Object.keys(names).map(Number);
