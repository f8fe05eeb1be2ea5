import type { SecureShellClient } from '../../core/ports/secureShell';
import type { Lab } from '../../labs/lab';
import type { AccountRole } from '../../labs/labWorld';
import type { Scope } from '../appModel';
import type { SessionPorts } from '../sessionPorts';
import type { LabAccount } from './runLab';
import { SessionInstanceWork } from './sessionInstanceWork';

/** The scopes in which a lab takes place, in the order of the lab's accounts. Throws a RangeError when there are too few. */
export async function labAccounts(
  lab: Lab,
  scopes: readonly Scope[],
  ports: SessionPorts,
  secureShell: () => Promise<SecureShellClient>,
): Promise<ReadonlyMap<AccountRole, LabAccount>> {
  const accounts = lab.accounts.map(async (role, index) => {
    const scope = scopes[index];
    if (!scope) throw new RangeError(`${lab.id} takes ${lab.accounts.length} accounts`);
    const account: LabAccount = {
      scopeId: scope.id,
      gateways: await scope.gateways(),
      work: new SessionInstanceWork(scope, ports, secureShell),
    };
    return [role, account] as const;
  });
  return new Map(await Promise.all(accounts));
}
