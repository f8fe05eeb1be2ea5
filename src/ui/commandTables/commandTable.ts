import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';
import { endpointCommands } from './endpointCommands';
import { instanceCommands } from './instanceCommands';
import { networkCommands } from './networkCommands';
import { nodeCommands } from './nodeCommands';
import { peeringCommands } from './peeringCommands';
import { pendingCommands } from './pendingCommands';
import { scopeCommands } from './scopeCommands';
import { securityGroupCommands } from './securityGroupCommands';
import { serviceCommands } from './serviceCommands';
import { viewCommands } from './viewCommands';

/** Every command, by noun. The code of each is loaded when it is first run. */
export function commandTable(parts: CommandParts): CommandTable {
  return {
    ...scopeCommands(parts),
    ...endpointCommands(parts),
    ...serviceCommands(parts),
    ...pendingCommands(parts),
    ...instanceCommands(parts),
    ...securityGroupCommands(parts),
    ...networkCommands(parts),
    ...peeringCommands(parts),
    ...nodeCommands(parts),
    ...viewCommands(parts),
  };
}
