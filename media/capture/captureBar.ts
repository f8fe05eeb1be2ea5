import { html, nothing, type TemplateResult } from 'lit';
import type { CaptureStartOptions } from '../../src/core/captureOptions';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import './filterField';
import type { FilterField } from './filterField';
import './startOptionsForm';
import type { StartOptionsForm } from './startOptionsForm';

export interface CaptureBarActions {
  start(options: CaptureStartOptions): void;
  stop(): void;
  clear(): void;
  save(): void;
}

/** Whose packets these are, and what starts, stops, empties and saves the capture. */
export function captureBar(
  state: CaptureState,
  labels: CaptureLabels,
  views: TemplateResult,
  actions: CaptureBarActions,
): TemplateResult {
  return html`<header class="toolbar">
    ${subject(state)}
    <div class="actions">
      ${state.scopeKind === 'file' ? nothing : runControls(state, labels, actions)}
      <vscode-button secondary icon="save" @click=${actions.save}>${labels.save}</vscode-button>
      ${views}
    </div>
  </header>`;
}

function subject(state: CaptureState): TemplateResult {
  const facts = [state.instanceId, state.instanceAddress, state.availabilityZone].filter(Boolean).join(' · ');
  return html`<div class="subject">
    <h1>${state.instanceName}</h1>
    <span class="facts">${facts}</span>
    ${
      state.scopeKind === 'file'
        ? nothing
        : html`<span class="badge ${state.scopeKind}">${state.scopeKind.toUpperCase()} · ${state.scopeLabel}</span>`
    }
  </div>`;
}

/** A capture from a file has none of these: it stays as it is. */
function runControls(state: CaptureState, labels: CaptureLabels, actions: CaptureBarActions): TemplateResult {
  const { phase } = state;
  const isAtRest = phase === 'idle' || phase === 'stopped' || phase === 'failed';
  const start = (event: Event) => startFrom(event.currentTarget as HTMLElement, actions);
  return html`<filter-field
      class="filter"
      .state=${state}
      .labels=${labels}
      ?disabled=${!isAtRest}
      @start=${start}
    ></filter-field>
    <start-options .state=${state} .labels=${labels.startLabels} ?disabled=${!isAtRest}></start-options>
    ${
      isAtRest
        ? html`<vscode-button icon="play" @click=${start}>${labels.start}</vscode-button>`
        : html`<vscode-button icon="debug-stop" ?disabled=${phase === 'stopping'} @click=${actions.stop}>${labels.stop}</vscode-button>`
    }
    <vscode-button secondary icon="clear-all" @click=${actions.clear}>${labels.clear}</vscode-button>`;
}

/** Starts with what stands in the bar that holds this control, unless something in there can never be. */
function startFrom(control: HTMLElement, actions: CaptureBarActions): void {
  const bar = control.closest('.actions');
  const field = bar?.querySelector<FilterField>('filter-field');
  const options = bar?.querySelector<StartOptionsForm>('start-options')?.accept();
  if (options && field?.accept()) actions.start({ ...options, filter: field.filter });
}
