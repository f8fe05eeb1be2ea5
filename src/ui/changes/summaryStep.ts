import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import { askPermission, type Permission } from '../../app/changes/askPermission';
import type { PlannedChange } from '../../app/changes/plannedChange';
import { costWords, permissionWords } from '../../words/changes';
import { errorLine } from '../../words/errors';
import { t } from '../../words/translation';
import { wrapLines } from '../../words/wrapLines';
import { copyText } from '../copyText';
import { placeText } from '../scopeText';
import { type PickItem, pickOne, type Step } from '../wizard';

type SummaryChoice = 'do' | 'look' | 'copy' | 'price';

/** How many letters a row of the list holds at its usual width of 600 pixels. */
const rowWidth = 78;

const PRICING_PAGE = 'https://aws.amazon.com/privatelink/pricing/';

/** The last step of a wizard: what will happen, where, for how much, how the AWS CLI does it, and whether AWS would allow it. Enter does it. */
export function summaryStep(scope: Scope, plan: () => PlannedChange<unknown>): Step {
  return async frame => {
    const change = plan();
    const asked = new AbortController();
    const permission = askPermission(scope, change.rehearse, asked.signal);
    try {
      for (;;) {
        let chosen = 'do' as SummaryChoice;
        const outcome = await pickOne<SummaryChoice>(
          frame,
          {
            placeholder: t('This is what will happen.'),
            active: 'do',
            items: summaryItems(scope, change, undefined),
            later: change.rehearse && permission.then(answer => summaryItems(scope, change, answer)),
          },
          value => {
            chosen = value;
          },
        );
        if (outcome !== 'next' || chosen === 'do') return outcome;
        if (chosen === 'copy') await copyText(change.commandLines.join('\n'));
        if (chosen === 'price') await vscode.env.openExternal(vscode.Uri.parse(PRICING_PAGE));
      }
    } finally {
      asked.abort();
      permission.catch(() => undefined);
    }
  };
}

/** The first one does it; the others are for reading. */
function summaryItems(
  scope: Scope,
  change: PlannedChange<unknown>,
  permission: Permission | undefined,
): readonly PickItem<SummaryChoice>[] {
  const { facts, warnings, hourlyPriceUsd, commandLines } = change;
  return [
    { label: `$(check) ${change.label}`, description: `${scope.label} · ${placeText(scope)}`, value: 'do' },
    ...warnings.flatMap(warningItems),
    ...facts.map(({ icon, label, text }) => ({
      label: `$(${icon}) ${label}`,
      description: text,
      value: 'look' as const,
    })),
    {
      label: t('$(credit-card) Cost'),
      description: costWords(scope.kind, scope.region, hourlyPriceUsd),
      value: hourlyPriceUsd > 0 && scope.kind === 'live' ? 'price' : 'look',
    },
    ...(change.rehearse ? [permissionItem(permission)] : []),
    { label: t('$(terminal) Copy as AWS CLI'), detail: commandLines.at(-1) ?? '', value: 'copy' },
  ];
}

/** In as many rows as it takes: a row is cut off where the list ends, and this must be read whole. */
function warningItems(text: string): readonly PickItem<SummaryChoice>[] {
  return wrapLines(text, rowWidth).map((line, index) => ({
    label: `$(${index === 0 ? 'warning' : 'blank'}) ${line}`,
    value: 'look',
  }));
}

function permissionItem(permission: Permission | undefined): PickItem<SummaryChoice> {
  if (!permission) return { label: t('$(loading~spin) Permission'), description: t('Asking AWS…'), value: 'look' };
  const icons = { allowed: 'pass', denied: 'error', unknown: 'question' } as const;
  return {
    label: `$(${icons[permission.kind]}) ${t('Permission')}`,
    description: permissionWords(permission.kind),
    ...(permission.kind === 'denied' ? { detail: errorLine(permission.error) } : {}),
    value: 'look',
  };
}
