import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type CaptureLimitName, type CaptureMode, captureModes, captureRanges } from '../../src/core/captureOptions';
import type { CaptureState } from '../../src/protocol/capture';
import type { StartLabels } from '../../src/protocol/startLabels';
import { fill } from './labelText';
import { draftOf, isInterfaceFit, type ReadDraft, readDraft, readLimit, type StartDraft } from './startDraft';

const ANY = 'any';

/** Limits, mode and interface of the next capture: one line that says them, which opens a small form. Draws in the page's own document. */
export class StartOptionsForm extends LitElement {
  static override properties = {
    state: { attribute: false },
    labels: { attribute: false },
    disabled: { type: Boolean },
    draft: { state: true },
    isOpen: { state: true },
  };

  declare state: CaptureState;
  declare labels: StartLabels;
  declare disabled: boolean;
  declare private draft: StartDraft;
  declare private isOpen: boolean;

  constructor() {
    super();
    this.isOpen = false;
    this.disabled = false;
  }

  /** What the form asks for; undefined when something in it makes no sense, which is then shown and has the focus. */
  accept(): ReadDraft | undefined {
    const read = readDraft(this.draft);
    this.isOpen = read === undefined;
    if (!read) void this.updateComplete.then(() => this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return read;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('state')) return;
    const before = changed.get('state') as CaptureState | undefined;
    const now = draftOf(this.state.startOptions);
    if (!before || JSON.stringify(draftOf(before.startOptions)) !== JSON.stringify(now)) this.draft = now;
  }

  protected override render(): TemplateResult {
    return html`<button
        class="field-button options-summary"
        type="button"
        aria-expanded=${this.isOpen ? 'true' : 'false'}
        aria-controls="start-options"
        title=${this.labels.options}
        @click=${() => {
          this.isOpen = !this.isOpen;
        }}
        @keydown=${this.#onKey}
      >
        <span class="codicon codicon-settings" aria-hidden="true"></span>
        <span>${this.#summary()}</span>
      </button>
      <fieldset id="start-options" class="start-options" ?hidden=${!this.isOpen} ?disabled=${this.disabled} @keydown=${this.#onKey}>
        <legend>${this.labels.options}</legend>
        ${this.#limit('packetLimit')} ${this.#limit('timeLimitSeconds')} ${this.#limit('snapLengthBytes')} ${this.#mode()}
        ${this.#interface()}
        <p class="quiet">${this.labels.fromSettings}</p>
      </fieldset>`;
  }

  #summary(): string {
    const { packetLimit, timeLimitSeconds, mode, interfaceName } = this.draft;
    const packets = Number(packetLimit);
    const seconds = Number(timeLimitSeconds);
    const time =
      seconds % 60 === 0 && seconds > 0
        ? fill(this.labels.summaryMinutes, seconds / 60)
        : fill(this.labels.summarySeconds, seconds);
    const parts = [fill(this.labels.summaryPackets, packets), time, this.labels.modeNames[mode], interfaceName];
    return parts.filter(Boolean).join(' · ');
  }

  #limit(name: CaptureLimitName): TemplateResult {
    const { least, most } = captureRanges[name];
    const isWrong = readLimit(name, this.draft[name]) === undefined;
    return html`<label for="option-${name}">${this.labels[name]}</label>
      <input
        class="field"
        id="option-${name}"
        type="number"
        min=${least}
        max=${most}
        step="1"
        aria-invalid=${isWrong ? 'true' : 'false'}
        aria-describedby="problem-${name}"
        .value=${live(this.draft[name])}
        @input=${(event: Event) => this.#change(name, event)}
      />
      ${problemLine(name, isWrong, fill(this.labels.outOfRange, least, most))}`;
  }

  #mode(): TemplateResult {
    return html`<label for="option-mode">${this.labels.mode}</label>
      <select class="field" id="option-mode" @change=${(event: Event) => this.#change('mode', event)}>
        ${captureModes.map((mode: CaptureMode) => option(mode, this.labels.modes[mode], this.draft.mode))}
      </select>`;
  }

  /** A list where the instance has told its interfaces, else a name. */
  #interface(): TemplateResult {
    const { interfaceName } = this.draft;
    const names = this.state.interfaceNames;
    const label = html`<label for="option-interfaceName">${this.labels.interfaceName}</label>`;
    if (names.length > 0) {
      const others = [...new Set([...names, ...(interfaceName ? [interfaceName] : [])])].filter(name => name !== ANY);
      return html`${label}<select class="field" id="option-interfaceName" @change=${(event: Event) => this.#change('interfaceName', event)}>
          ${option('', this.labels.interfaceFound, interfaceName)} ${option(ANY, this.labels.interfaceAny, interfaceName)}
          ${others.map(name => option(name, name, interfaceName))}
        </select>`;
    }
    const isWrong = !isInterfaceFit(interfaceName);
    return html`${label}<input
        class="field"
        id="option-interfaceName"
        type="text"
        spellcheck="false"
        placeholder=${this.labels.interfaceFound}
        aria-invalid=${isWrong ? 'true' : 'false'}
        aria-describedby="problem-interfaceName"
        .value=${live(interfaceName)}
        @input=${(event: Event) => this.#change('interfaceName', event)}
      />
      ${problemLine('interfaceName', isWrong, this.labels.interfaceInvalid)}`;
  }

  #change(name: keyof StartDraft, event: Event): void {
    this.draft = { ...this.draft, [name]: (event.currentTarget as HTMLInputElement | HTMLSelectElement).value };
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.isOpen) return;
    event.stopPropagation();
    this.isOpen = false;
    this.querySelector<HTMLElement>('.options-summary')?.focus();
  };
}

function option(value: string, label: string, chosen: string): TemplateResult {
  return html`<option value=${value} ?selected=${value === chosen}>${label}</option>`;
}

function problemLine(name: string, isWrong: boolean, text: string): TemplateResult {
  return html`<p class="problem" id="problem-${name}" role="status">${isWrong ? text : nothing}</p>`;
}

customElements.define('start-options', StartOptionsForm);
