import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** Instances and the roles that they wear. */
export function instanceCommands({ scopes, stores, views, sessions, ledger, clock }: CommandParts) {
  const { instances, instanceConnectEndpoints } = stores;
  const states = () => import('../commands/instanceStates');
  const roles = () => import('../commands/instanceRoles');
  return {
    'vpcLabs.instance.capture': async target => (await sessions()).captureOnInstance(target),
    'vpcLabs.capture.pair': async target => (await sessions()).capturePair(target),
    'vpcLabs.capture.open': async target => (await sessions()).openCaptureFile(target),
    'vpcLabs.capture.save': async target => (await sessions()).saveCapture(target),
    'vpcLabs.instance.openShell': async target => (await sessions()).openShell(target),
    'vpcLabs.instance.chooseShell': async target => {
      const { openShell, terminals, secureShell } = await sessions();
      const { chooseShellCommand } = await import('../commands/chooseShell');
      const parts = { scopes, instances, instanceConnectEndpoints, openShell, terminals, secureShell };
      return chooseShellCommand(parts)(target);
    },
    'vpcLabs.session.end': async target =>
      (await import('../commands/endSession')).endSessionCommand(scopes, ledger)(target),
    'vpcLabs.instance.launch': async target =>
      (await import('../commands/launchInstance')).launchInstanceCommand(scopes, instances, clock)(target),
    'vpcLabs.instance.start': async target => (await states()).startInstanceCommand(scopes, instances)(target),
    'vpcLabs.instance.stop': async target => (await states()).stopInstanceCommand(scopes, instances)(target),
    'vpcLabs.instance.terminate': async target => (await states()).terminateInstanceCommand(scopes, instances)(target),
    'vpcLabs.instance.attachProfile': async target => (await roles()).attachProfileCommand(scopes, instances)(target),
    'vpcLabs.instance.installTcpdump': async target => (await sessions()).installTcpdump(target),
    'vpcLabs.role.create': async target => (await roles()).createRoleCommand(scopes)(target),
    'vpcLabs.instances.refresh': () => views.instances.refresh(),
  } satisfies Partial<CommandTable>;
}
