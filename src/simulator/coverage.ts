import { operationTables } from './callDesk';
import { limitsOf } from './coverageLimits';
import { serviceModels } from './protocols/serviceModels';

/** How far one action of a service is simulated. */
export interface CoverageRow {
  /** `ec2:CreateVpc` */
  readonly action: string;
  readonly state: 'done' | 'partial' | 'absent';
  /** What a partial action lacks. */
  readonly missing: string;
}

/** Every action of every service that the practice cloud answers for, in order of service and name. */
export function coverage(): readonly CoverageRow[] {
  return serviceModels.flatMap(({ name, actions }) =>
    [...actions.keys()].sort().map((action): CoverageRow => {
      const table = operationTables[name];
      const missing = limitsOf[`${name}:${action}`] ?? '';
      const isThere = table !== undefined && Object.hasOwn(table, action);
      const state = isThere ? (missing === '' ? 'done' : 'partial') : 'absent';
      return { action: `${name}:${action}`, state, missing };
    }),
  );
}

/** The table as text: a count, what is simulated line by line, and the names of the rest by service. */
export function coverageText(rows: readonly CoverageRow[] = coverage()): string {
  const simulated = rows.filter(({ state }) => state !== 'absent');
  const width = Math.max(...simulated.map(({ action }) => action.length));
  const counts = (['done', 'partial', 'absent'] as const).map(
    state => `${rows.filter(row => row.state === state).length} ${state}`,
  );
  const lines = simulated.map(({ action, state, missing }) =>
    `${action.padEnd(width)}  ${state.padEnd(7)}  ${missing}`.trimEnd(),
  );
  return [counts.join(', '), '', ...lines, '', 'absent:', ...absentByService(rows)].join('\n');
}

function absentByService(rows: readonly CoverageRow[]): readonly string[] {
  return serviceModels.flatMap(({ name }) => {
    const names = rows.filter(({ action, state }) => state === 'absent' && action.startsWith(`${name}:`));
    return names.length === 0
      ? []
      : [`  ${name}: ${names.map(({ action }) => action.slice(name.length + 1)).join(' ')}`];
  });
}
