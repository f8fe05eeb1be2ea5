import { type Clock, delay } from '../../base/clock';
import { LabError } from '../../core/errors';
import type { SignInDesk } from '../../core/ports/signIn';
import { translateError } from '../errors';
import type { httpHandler } from '../service';
import type { SsoSession } from './ssoSession';

export interface DeviceSignInOptions {
  /** For the words of an error. */
  readonly profile: string;
  readonly http: ReturnType<typeof httpHandler>;
  readonly endpointUrl: string | undefined;
  readonly clock: Clock;
}

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';
const DEFAULT_GAP_SECONDS = 5;
/** RFC 8628 §3.5: what `slow_down` adds to the gap, for good. */
const SLOW_DOWN_SECONDS = 5;

/**
 * Signs in with IAM Identity Center by a code that a person confirms in a browser ("AWS SSO OIDC API Reference"; RFC 8628). The token stays
 * in this process, where the SDK's own providers find it; it is written nowhere. Rejects with `signInFailed`, or an `AbortError` when the
 * person gives up.
 */
export async function signInByDevice(
  session: SsoSession,
  desk: SignInDesk,
  options: DeviceSignInOptions,
): Promise<void> {
  try {
    await signIn(session, desk, options);
  } catch (caught) {
    if ((caught as Error).name === 'AbortError') throw caught;
    throw translateError(caught, 'sso-oauth:StartDeviceAuthorization');
  }
}

async function signIn(session: SsoSession, desk: SignInDesk, options: DeviceSignInOptions): Promise<void> {
  const oidc = await import('../services/ssoOidc');
  const { http, endpointUrl, profile, clock } = options;
  const client = new oidc.Client({
    region: session.region,
    requestHandler: http,
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
  });
  const { clientId, clientSecret } = await client.send(
    new oidc.RegisterClientCommand({ clientName: 'vpc-endpoint-labs', clientType: 'public' }),
  );
  const device = await client.send(
    new oidc.StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: session.startUrl }),
  );
  let end: () => void = () => undefined;
  const isDone = new Promise<void>(resolve => {
    end = resolve;
  });
  const page = { url: device.verificationUriComplete ?? device.verificationUri ?? '', userCode: device.userCode ?? '' };
  const signal = desk.showDeviceCode(page, isDone);
  const askForToken = () =>
    client.send(
      new oidc.CreateTokenCommand({ clientId, clientSecret, grantType: GRANT_TYPE, deviceCode: device.deviceCode }),
      { abortSignal: signal },
    );
  try {
    const { accessToken, expiresIn = 0 } = await poll(askForToken, { profile, clock, signal, gap: device.interval });
    await keepToken(session, accessToken ?? '', new Date(clock.now() + expiresIn * 1_000));
  } finally {
    end();
  }
}

interface Polling {
  readonly profile: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Seconds. */
  readonly gap: number | undefined;
}

async function poll<Token>(ask: () => Promise<Token>, { profile, clock, signal, gap }: Polling): Promise<Token> {
  for (let gapSeconds = gap ?? DEFAULT_GAP_SECONDS; ; ) {
    await delay(clock, gapSeconds * 1_000, signal);
    try {
      return await ask();
    } catch (caught) {
      signal.throwIfAborted();
      const { name, error_description: detail = '' } = caught as { name?: string; error_description?: string };
      if (name === 'SlowDownException') gapSeconds += SLOW_DOWN_SECONDS;
      else if (name === 'ExpiredTokenException' || name === 'AccessDeniedException')
        throw new LabError('signInFailed', { profile, detail }, { cloudCode: name });
      else if (name !== 'AuthorizationPendingException') throw caught;
    }
  }
}

/** Without a refresh token: the SDK would write a refreshed token to the disk. */
async function keepToken({ key }: SsoSession, accessToken: string, expiresAt: Date): Promise<void> {
  const { externalDataInterceptor } = await import('../services/profiles');
  externalDataInterceptor.interceptToken(key, { accessToken, expiresAt: expiresAt.toISOString() });
}

/** Lets the token that the AWS CLI wrote count again. */
export async function forgetToken({ key }: SsoSession): Promise<void> {
  const { externalDataInterceptor } = await import('../services/profiles');
  delete externalDataInterceptor.getTokenRecord()[key];
}
