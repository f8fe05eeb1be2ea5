import { covers, parseCidr, parseIpv4 } from '../core/ipv4';

/** What is set about proxies. */
export interface ProxySettings {
  /** For `http:` and `ws:`; undefined: none. */
  readonly http: string | undefined;
  /** For `https:` and `wss:`. */
  readonly https: string | undefined;
  /** Hosts that are reached without one: `example.org` with all below it, `.example.org`, `10.0.0.0/8`, `host:8080`, `*`. */
  readonly except: readonly string[];
  /** A value for `Proxy-Authorization`. */
  readonly authorization?: string | undefined;
}

/** VS Code's own settings of the same names ("VS Code: Network Connections in Visual Studio Code"). */
export interface EditorProxySettings {
  readonly proxy: string;
  readonly noProxy: readonly string[];
  readonly proxyAuthorization: string | null;
  readonly proxySupport: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The editor's proxy, else the environment's, in either case of letters; `http.proxySupport: off` means none at all. */
export function proxySettings(environment: Environment, editor?: EditorProxySettings): ProxySettings {
  if (editor?.proxySupport === 'off') return { http: undefined, https: undefined, except: [] };
  const variable = (name: string) => environment[name.toLowerCase()] || environment[name.toUpperCase()] || undefined;
  const all = editor?.proxy || undefined;
  return {
    http: all ?? variable('http_proxy') ?? variable('all_proxy'),
    https: all ?? variable('https_proxy') ?? variable('all_proxy'),
    except: [...(editor?.noProxy ?? []), ...(variable('no_proxy') ?? '').split(/[\s,]+/)].filter(Boolean),
    authorization: editor?.proxyAuthorization ?? undefined,
  };
}

/** The proxy for a host; undefined: none. Loopback is no exception of itself: a proxy was set, and NO_PROXY says what it is not for. */
export function proxyFor(
  settings: ProxySettings,
  { isSecure, host, port }: { readonly isSecure: boolean; readonly host: string; readonly port: number },
): string | undefined {
  const proxy = isSecure ? settings.https : settings.http;
  if (!proxy || settings.except.some(entry => isExcepted(entry.toLowerCase(), host.toLowerCase(), port)))
    return undefined;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

function isExcepted(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  if (parseCidr(entry)) return parseIpv4(host) !== undefined && covers(entry, host);
  const [, name = entry, wantedPort] = /^(.+?):(\d+)$/.exec(entry.replace(/^\[(.*)\](?=:\d+$)/, '$1')) ?? [];
  if (host === entry.replace(/^\[(.*)\]$/, '$1')) return true;
  if (wantedPort !== undefined && Number(wantedPort) !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}
