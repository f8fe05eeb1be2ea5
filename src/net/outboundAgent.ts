import * as http from 'node:http';
import * as https from 'node:https';
import type { SecureContext } from 'node:tls';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { LabError } from '../core/errors';
import { type ProxySettings, proxyFor } from './proxyRules';

export interface OutboundOptions {
  /** Asked for each connection, so that a change of settings counts at once. */
  readonly proxies: () => ProxySettings;
  /** Asked at the first encrypted connection; undefined: Node's default. */
  readonly trusted: () => Promise<SecureContext | undefined>;
}

/**
 * How requests and WebSockets leave this machine: through a proxy's tunnel (CONNECT, RFC 9110 §9.3.6) where one is set, else straight ahead.
 * Plain HTTP goes through a tunnel as well, so that no proxy changes what was signed.
 */
export class OutboundAgent extends Agent {
  readonly #options: OutboundOptions;
  readonly #plain = new http.Agent({ keepAlive: true });
  readonly #secure = new https.Agent({ keepAlive: true });
  readonly #tunnels = new Map<string, HttpsProxyAgent<string>>();
  #trusted: Promise<SecureContext | undefined> | undefined;

  constructor(options: OutboundOptions) {
    super({ keepAlive: true });
    this.#options = options;
  }

  async connect(_request: http.ClientRequest, options: AgentConnectOpts): Promise<http.Agent> {
    const { host = 'localhost', port, secureEndpoint: isSecure } = options as AgentConnectOpts & { host?: string };
    const settings = this.#options.proxies();
    const proxy = proxyFor(settings, { isSecure, host, port });
    const trusted = isSecure || proxy?.startsWith('https:') ? await this.#trust() : undefined;
    if (options.secureEndpoint && trusted) options.secureContext = trusted;
    if (proxy !== undefined) return this.#tunnel(proxy, settings.authorization, trusted);
    return isSecure ? this.#secure : this.#plain;
  }

  override destroy(): void {
    for (const agent of [this.#plain, this.#secure, ...this.#tunnels.values()]) agent.destroy();
    super.destroy();
  }

  #trust(): Promise<SecureContext | undefined> {
    this.#trusted ??= this.#options.trusted().catch(error => {
      this.#trusted = undefined;
      throw error;
    });
    return this.#trusted;
  }

  #tunnel(proxy: string, authorization: string | undefined, trusted: SecureContext | undefined): http.Agent {
    const key = `${proxy} ${authorization ?? ''}`;
    const known = this.#tunnels.get(key);
    if (known) return known;
    const tunnel = new HttpsProxyAgent(proxy, {
      keepAlive: true,
      ...(authorization === undefined ? {} : { headers: { 'Proxy-Authorization': authorization } }),
      ...(trusted === undefined ? {} : { secureContext: trusted }),
    });
    tunnel.on('proxyConnect', ({ statusCode }: { statusCode: number }, request: http.ClientRequest) => {
      if (statusCode === 200) return;
      request.destroy(new LabError('proxyRefused', { proxy: new URL(proxy).host, status: String(statusCode) }));
    });
    this.#tunnels.set(key, tunnel);
    return tunnel;
  }
}
