import { needsSignIn } from '../../core/needsSignIn';
import type { Identity } from '../../core/ports/identityGateway';
import type { SignInDesk } from '../../core/ports/signIn';
import type { Scope } from '../appModel';

/** Asks AWS who a scope signs in as; when it is not signed in, a person is asked to, once. Rejects with what keeps it from that. */
export async function proveScope(scope: Scope, desk: SignInDesk): Promise<Identity> {
  const ask = async () => (await scope.gateways()).identity.whoAmI();
  try {
    return await ask();
  } catch (error) {
    if (!scope.signIn || !needsSignIn(error)) throw error;
    await scope.signIn(desk);
    return ask();
  }
}
