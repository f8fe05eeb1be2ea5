/** What little of the internet the practice cloud has: enough to show that a way out is open, or closed. */

export interface InternetSite {
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  /** What it answers: a page, or the caller's own address. */
  readonly shows: 'page' | 'callerAddress';
}

const internetSites: readonly InternetSite[] = [
  { names: ['example.com', 'www.example.com'], addresses: ['23.192.228.80', '23.215.0.136'], shows: 'page' },
  { names: ['example.org', 'www.example.org'], addresses: ['23.215.0.132', '96.7.128.186'], shows: 'page' },
  { names: ['example.net', 'www.example.net'], addresses: ['23.215.0.133', '96.7.128.192'], shows: 'page' },
  { names: ['checkip.amazonaws.com'], addresses: ['13.234.92.19', '3.111.121.8'], shows: 'callerAddress' },
];

const byName = new Map(internetSites.flatMap(site => site.names.map(name => [name, site] as const)));
const byAddress = new Map(internetSites.flatMap(site => site.addresses.map(address => [address, site] as const)));

/** `name` in lower case, without a final dot. */
export function siteNamed(name: string): InternetSite | undefined {
  return byName.get(name);
}

export function siteAt(address: string): InternetSite | undefined {
  return byAddress.get(address);
}
