import type { Agent } from 'node:http';
import type { Clock } from '../../base/clock';
import { Emitter } from '../../base/event';
import { LabError } from '../../core/errors';
import type { SignInDesk } from '../../core/ports/signIn';
import type { AwsCredentials } from '../connection';
import { httpHandler } from '../service';
import { CredentialCache } from './credentialCache';
import { forgetToken, signInByDevice } from './deviceSignIn';
import { profileChain, readSharedProfiles, type SharedProfiles, type SignInWay, signInWayOf } from './sharedProfiles';
import { translateSignInError } from './signInErrors';
import { ssoSessionOf } from './ssoSession';

export interface ProfileSignInOptions {
  readonly profile: string;
  /** Where roles are assumed. */
  readonly region: string;
  /** The address of a service, by its id in the shared config; undefined for AWS's own. */
  readonly endpointUrlOf: (service: string) => string | undefined;
  readonly agent: Agent | undefined;
  readonly clock: Clock;
}

/**
 * A profile's credentials by the SDK's own rules: keys, assumed roles, IAM Identity Center, `credential_process`. The files are read anew
 * at each sign-in, so that what another program has done there counts. Keys and tokens stay in memory.
 */
export class ProfileSignIn {
  readonly #options: ProfileSignInOptions;
  readonly #cache: CredentialCache<SignInDesk>;
  readonly #didSignIn = new Emitter<void>();
  /** Another account may be behind the profile: whatever was made with its keys is out of date. */
  readonly onDidSignIn = this.#didSignIn.event;

  constructor(options: ProfileSignInOptions) {
    this.#options = options;
    this.#cache = new CredentialCache(desk => this.#resolve(desk), options.clock);
  }

  /** Asks nobody anything: what takes a person rejects with `mfaCodeNeeded` or `credentialsExpired`. */
  credentials(): Promise<AwsCredentials> {
    return this.#cache.get();
  }

  forget(): void {
    this.#cache.forget();
  }

  /** Signs in anew with a person at hand. Rejects with an `AbortError` when the person gives up. */
  async signIn(desk: SignInDesk): Promise<void> {
    await this.#renewToken(desk);
    await this.#cache.signIn(desk);
    this.#didSignIn.fire();
  }

  async #resolve(desk: SignInDesk | undefined): Promise<AwsCredentials> {
    const { profile } = this.#options;
    const shared = await readSharedProfiles();
    const chain = profileChain(shared, profile);
    const hasMfa = chain.some(({ role_arn, mfa_serial }) => role_arn && mfa_serial);
    if (hasMfa && !desk) throw new LabError('mfaCodeNeeded', { profile });
    try {
      return await this.#ask(desk);
    } catch (caught) {
      if ((caught as Error).name === 'AbortError') throw caught;
      throw translateSignInError(caught, profile, lastWayOf(chain));
    }
  }

  async #ask(desk: SignInDesk | undefined): Promise<AwsCredentials> {
    const { profile, region, endpointUrlOf, agent } = this.#options;
    const [{ fromIni }, sts] = await Promise.all([import('../services/profiles'), import('../services/sts')]);
    const http = { requestHandler: httpHandler(agent) };
    const assuming = { ...http, region, ...endpoint(endpointUrlOf('sts')) };
    const provide = fromIni({
      profile,
      ignoreCache: true,
      clientConfig: { ...http, ...endpoint(endpointUrlOf('sso')) },
      roleAssumer: sts.getDefaultRoleAssumer(assuming),
      roleAssumerWithWebIdentity: sts.getDefaultRoleAssumerWithWebIdentity(assuming),
      ...(desk ? { mfaCodeProvider: serial => askMfaCode(desk, serial) } : {}),
    });
    return provide();
  }

  /** IAM Identity Center and `aws login` give tokens for hours; the AWS CLI gets them for all programs, else a browser for this one. */
  async #renewToken(desk: SignInDesk): Promise<void> {
    const { profile, agent, clock, endpointUrlOf } = this.#options;
    const shared = await readSharedProfiles();
    const chain = profileChain(shared, profile);
    const way = lastWayOf(chain);
    if (way !== 'sso' && way !== 'login') return;
    const session = ssoSessionOf(chain.at(-1) ?? {}, shared);
    const name = nameOf(shared, chain.at(-1)) ?? profile;
    const outcome = await desk.runAwsCli([...(way === 'sso' ? ['sso'] : []), 'login', '--profile', name]);
    if (outcome === 'failed') throw new LabError('signInFailed', { profile });
    if (outcome === 'done') {
      if (session) await forgetToken(session);
      return;
    }
    if (!session) throw new LabError('awsCliMissing', { profile });
    const http = httpHandler(agent);
    await signInByDevice(session, desk, { profile, http, clock, endpointUrl: endpointUrlOf('sso_oidc') });
  }
}

const endpoint = (url: string | undefined) => (url === undefined ? {} : { endpoint: url });

function lastWayOf(chain: ReturnType<typeof profileChain>): SignInWay {
  return signInWayOf(chain.at(-1) ?? chain[0]);
}

function nameOf({ profiles }: SharedProfiles, profile: unknown): string | undefined {
  return Object.keys(profiles).find(name => profiles[name] === profile);
}

async function askMfaCode(desk: SignInDesk, serial: string): Promise<string> {
  const code = await desk.askMfaCode(serial);
  if (code === undefined) throw new DOMException('No MFA code was given', 'AbortError');
  return code;
}
