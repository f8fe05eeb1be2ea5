import { html, nothing, type TemplateResult } from 'lit';
import type { CaptureStartOptions } from '../../src/core/captureOptions';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';

export interface CaptureBarActions {
  start(options: CaptureStartOptions): void;
  stop(): void;
  clear(): void;
  save(): void;
  toggleRaw(): void;
}

/** Whose packets these are, and what starts, stops, empties and saves the capture. */
export function captureBar(
  state: CaptureState,
  labels: CaptureLabels,
  isRaw: boolean,
  actions: CaptureBarActions,
): TemplateResult {
  return html`<header class="toolbar">
    ${subject(state)}
    <div class="actions">
      ${state.scopeKind === 'file' ? nothing : runControls(state, labels, actions)}
      <vscode-button secondary icon="save" @click=${actions.save}>${labels.save}</vscode-button>
      <vscode-button
        secondary
        icon="output"
        role="button"
        aria-pressed=${isRaw ? 'true' : 'false'}
        class=${isRaw ? 'pressed' : ''}
        title=${labels.rawTitle}
        @click=${actions.toggleRaw}
        >${labels.raw}</vscode-button
      >
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
function runControls(
  { phase, startOptions }: CaptureState,
  labels: CaptureLabels,
  actions: CaptureBarActions,
): TemplateResult {
  const isAtRest = phase === 'idle' || phase === 'stopped' || phase === 'failed';
  const start = (event: Event) =>
    actions.start({ ...startOptions, filter: filterIn(event.currentTarget as HTMLElement) });
  return html`<vscode-textfield
      class="filter"
      label=${labels.filter}
      title=${labels.filterHint}
      placeholder=${labels.filter}
      .value=${startOptions.filter}
      ?disabled=${!isAtRest}
      @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && start(event)}
    ></vscode-textfield>
    ${
      isAtRest
        ? html`<vscode-button icon="play" @click=${start}>${labels.start}</vscode-button>`
        : html`<vscode-button icon="debug-stop" ?disabled=${phase === 'stopping'} @click=${actions.stop}>${labels.stop}</vscode-button>`
    }
    <vscode-button secondary icon="clear-all" @click=${actions.clear}>${labels.clear}</vscode-button>`;
}

/** What stands in the filter's field of the bar that holds this control. */
function filterIn(control: HTMLElement): string {
  return control.closest('.actions')?.querySelector<HTMLElement & { value: string }>('.filter')?.value ?? '';
}
