import { OutboundAgent } from './outboundAgent';
import { type EditorProxySettings, proxySettings } from './proxyRules';
import { trustedCertificates } from './trustedCertificates';

/** What an editor says of networks; without one the environment alone counts. */
export interface EditorNetwork {
  /** Asked for each connection. */
  proxySettings(): EditorProxySettings;
  hasSystemCertificates(): boolean;
}

/** The agent of this machine: HTTPS_PROXY and its like, AWS_CA_BUNDLE, the system's certificates, and what the editor says. */
export function openAgent(
  environment: Readonly<Record<string, string | undefined>>,
  editor?: EditorNetwork,
): OutboundAgent {
  return new OutboundAgent({
    proxies: () => proxySettings(environment, editor?.proxySettings()),
    trusted: () =>
      trustedCertificates({
        hasSystemCertificates: editor?.hasSystemCertificates() ?? true,
        bundlePath: environment.AWS_CA_BUNDLE || undefined,
      }),
  });
}
