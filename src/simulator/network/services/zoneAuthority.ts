import { DNS_CLASS_IN, type DnsRecord, DnsType } from '../../../packet/headers/dns';

interface Zone {
  readonly name: string;
  readonly primaryServer: string;
  readonly mailbox: string;
  /** For how long a "no" may be remembered (RFC 2308 §5). */
  readonly minimumSeconds: number;
}

const amazonMailbox = 'awsdns-hostmaster.amazon.com';

const exampleZones: readonly Zone[] = ['example.com', 'example.org', 'example.net'].map(name => ({
  name,
  primaryServer: 'ns.icann.org',
  mailbox: 'noc.dns.icann.org',
  minimumSeconds: 3600,
}));

/** The zones that a "no such name" can come from, most specific first; the root speaks for everything else. */
function zonesOf(region: string): readonly Zone[] {
  const internal = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  return [
    {
      name: internal,
      primaryServer: `ns0.${internal}`,
      mailbox: 'hostmaster.amazon.com',
      minimumSeconds: 60,
    },
    {
      name: `${region}.amazonaws.com`,
      primaryServer: 'ns-1497.awsdns-59.org',
      mailbox: amazonMailbox,
      minimumSeconds: 60,
    },
    {
      name: 'amazonaws.com',
      primaryServer: 'dns-external-master.amazon.com',
      mailbox: 'root.amazon.com',
      minimumSeconds: 60,
    },
    ...exampleZones,
    {
      name: 'in-addr.arpa',
      primaryServer: 'b.in-addr-servers.arpa',
      mailbox: 'nstld.iana.org',
      minimumSeconds: 900,
    },
    { name: '', primaryServer: 'a.root-servers.net', mailbox: 'nstld.verisign-grs.com', minimumSeconds: 900 },
  ];
}

/** The start of authority that goes with an answer without records (RFC 2308 §3). */
export function zoneAuthority(name: string, region: string): DnsRecord {
  const wanted = name.toLowerCase();
  const zone = zonesOf(region).find(
    candidate => candidate.name === '' || wanted === candidate.name || wanted.endsWith(`.${candidate.name}`),
  ) as Zone;
  return {
    name: zone.name,
    type: DnsType.soa,
    class: DNS_CLASS_IN,
    timeToLive: zone.minimumSeconds,
    data: {
      kind: 'startOfAuthority',
      primaryServer: zone.primaryServer,
      mailbox: zone.mailbox,
      serial: 2_012_103_100,
      refreshSeconds: 3600,
      retrySeconds: 3600,
      expireSeconds: 3600,
      minimumSeconds: zone.minimumSeconds,
    },
  };
}
