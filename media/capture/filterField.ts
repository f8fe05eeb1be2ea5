import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type FilterProblem, findFilterProblem } from '../../src/packet/filter/filterProblem';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { type FilterChoice, type FilterChoices, presetChoices, withChoice, wordChoices } from './filterChoices';
import { filterProblemLine } from './filterProblemLine';

/** A person who is typing is not told that a word is not finished. */
const PAUSE_MS = 600;

/**
 * Where the capture filter is written: a combobox (WAI-ARIA Authoring Practices, "editable combobox with list autocomplete") that offers what may
 * stand at the cursor, a button for whole filters, and what is wrong beneath it. `start` is fired when Enter chooses nothing. Draws in the page's own document.
 */
export class FilterField extends LitElement {
  static override properties = {
    state: { attribute: false },
    labels: { attribute: false },
    disabled: { type: Boolean },
    text: { state: true },
    offer: { state: true },
    active: { state: true },
    problem: { state: true },
  };

  declare state: CaptureState;
  declare labels: CaptureLabels;
  declare disabled: boolean;
  declare private text: string;
  declare private offer: FilterChoices | undefined;
  /** Of the list; -1 none. */
  declare private active: number;
  declare private problem: FilterProblem | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = '';
    this.active = -1;
    this.disabled = false;
  }

  get filter(): string {
    return this.text;
  }

  /** False for text that is never sent; what is wrong is then shown, and the field has the focus. */
  accept(): boolean {
    this.#close();
    this.#look();
    const isKept = this.problem?.code === 'refused' || this.problem?.code === 'unpaired';
    if (isKept) this.#input.focus();
    return !isKept;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state') as CaptureState | undefined;
    if (!changed.has('state') || before?.startOptions.filter === this.state.startOptions.filter) return;
    this.text = this.state.startOptions.filter;
    this.#look();
  }

  protected override updated(): void {
    this.querySelector('.filter-choice.active')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    const isOpen = this.offer !== undefined;
    return html`<div class="filter-line">
        <input
          class="field mono"
          type="text"
          role="combobox"
          aria-label=${this.labels.filter}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls="filter-choices"
          aria-activedescendant=${this.active < 0 ? nothing : `filter-choice-${this.active}`}
          aria-invalid=${this.problem ? 'true' : 'false'}
          aria-describedby="filter-problem"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          title=${this.labels.filterHint}
          placeholder=${this.labels.filter}
          .value=${live(this.text)}
          ?disabled=${this.disabled}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @blur=${this.#onBlur}
        />
        <button
          class="field-button"
          type="button"
          aria-label=${this.labels.startLabels.presets}
          title=${this.labels.startLabels.presets}
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls="filter-choices"
          ?disabled=${this.disabled}
          @mousedown=${(event: Event) => event.preventDefault()}
          @click=${this.#togglePresets}
        >
          <span class="codicon codicon-chevron-down" aria-hidden="true"></span>
        </button>
      </div>
      <ul class="filter-choices" id="filter-choices" role="listbox" aria-label=${this.labels.startLabels.presets} ?hidden=${!isOpen}>
        ${this.offer?.choices.map((choice, index) => this.#choice(choice, index))}
      </ul>
      ${filterProblemLine(this.problem, this.text, this.labels.startLabels.filterProblems)}`;
  }

  #choice(choice: FilterChoice, index: number): TemplateResult {
    const isActive = index === this.active;
    return html`<li
      class="filter-choice ${isActive ? 'active' : ''}"
      role="option"
      id="filter-choice-${index}"
      aria-selected=${isActive ? 'true' : 'false'}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#choose(choice)}
    >
      ${choice.label === undefined ? nothing : html`<span>${choice.label}</span>`}
      <span class="mono ${choice.label === undefined ? '' : 'quiet'}">${choice.text}</span>
    </li>`;
  }

  get #input(): HTMLInputElement {
    return this.querySelector('input') as HTMLInputElement;
  }

  #onInput = (): void => {
    this.text = this.#input.value;
    this.#offerWords();
    if (!findFilterProblem(this.text)) this.problem = undefined;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#look(), PAUSE_MS);
  };

  #onBlur = (): void => {
    this.#close();
    this.#look();
  };

  #onKey = (event: KeyboardEvent): void => {
    const choice = this.offer?.choices[this.active];
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (this.offer) this.#move(event.key === 'ArrowDown' ? 1 : -1);
        else this.#open();
        break;
      case 'Enter':
      case 'Tab':
        if (choice) this.#choose(choice);
        else if (event.key === 'Enter') this.dispatchEvent(new Event('start'));
        else return;
        break;
      case 'Escape':
        if (!this.offer) return;
        this.#close();
        break;
      case ' ':
        if (!event.ctrlKey) return;
        this.#open();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  /** Words where some may stand, else whole filters. */
  #open(): void {
    if (this.text.trim() !== '') this.#offerWords();
    if (!this.offer) this.#offerPresets();
    this.active = this.offer ? 0 : -1;
  }

  #togglePresets = (): void => {
    if (this.offer) this.#close();
    else this.#offerPresets();
    this.#input.focus();
  };

  #offerPresets(): void {
    this.#show(presetChoices(this.state, this.text));
  }

  #offerWords(): void {
    this.#show(wordChoices(this.state, this.text, this.#input.selectionStart ?? this.text.length));
  }

  #show(offer: FilterChoices): void {
    this.active = -1;
    this.offer = offer.choices.length > 0 ? offer : undefined;
  }

  #close(): void {
    this.offer = undefined;
    this.active = -1;
  }

  /** Round and round, with the field itself between the last and the first. */
  #move(by: 1 | -1): void {
    const length = this.offer?.choices.length ?? 0;
    this.active = ((this.active + 1 + by + length + 1) % (length + 1)) - 1;
  }

  #choose(choice: FilterChoice): void {
    if (!this.offer) return;
    const { text, cursor } = withChoice(this.text, this.offer.place, choice);
    this.text = text;
    const input = this.#input;
    input.value = text;
    input.setSelectionRange(cursor, cursor);
    if (choice.label === undefined) this.#onInput();
    else {
      this.#close();
      this.#look();
    }
  }

  #look(): void {
    clearTimeout(this.#pause);
    this.problem = findFilterProblem(this.text);
  }
}

customElements.define('filter-field', FilterField);
