import { html, nothing, type TemplateResult } from 'lit';
import type { CapturePush } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { part } from './elements';
import { fill } from './labelText';
import { RawSearch } from './rawSearch';
import { RawText } from './rawText';

type RawPush = Extract<CapturePush, { readonly kind: 'raw' }>;

/** The stream exactly as tcpdump printed it: selectable text that can be searched, and follows its end until one scrolls up. */
export class RawView {
  readonly #element = part('div', 'raw');
  readonly #text = new RawText(this.#element);
  readonly #search = new RawSearch(this.#text);
  #pending = '';
  #missingBytes = 0;
  #isDrawDue = false;

  constructor(
    private readonly labels: CaptureLabels,
    /** What `render` gives has changed. */
    private readonly onChange: () => void,
  ) {
    this.#element.tabIndex = 0;
    this.#element.setAttribute('role', 'log');
    this.#element.setAttribute('aria-live', 'off');
    this.#element.setAttribute('aria-label', labels.rawTitle);
  }

  show(): void {
    requestAnimationFrame(() => {
      this.#element.scrollTop = this.#element.scrollHeight;
    });
  }

  add({ text, missingBytes, reset }: RawPush): void {
    if (reset) {
      this.#pending = '';
      this.#missingBytes = 0;
      this.#text.clear();
      this.onChange();
    }
    this.#pending += text;
    this.#missingBytes += missingBytes;
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    requestAnimationFrame(() => this.#draw());
  }

  render(): TemplateResult {
    const { packetView: words } = this.labels;
    const button = (icon: string, label: string, by: 1 | -1) =>
      html`<button class="icon codicon codicon-${icon}" title=${label} aria-label=${label} ?disabled=${this.#search.count === 0} @click=${() => this.#step(by)}></button>`;
    return html`<div class="display-filter line" role="search">
        <vscode-textfield
          class="find"
          .label=${words.find}
          placeholder=${words.find}
          @input=${(event: Event) => this.#find((event.currentTarget as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        ></vscode-textfield>
        ${button('arrow-up', words.findPrevious, -1)} ${button('arrow-down', words.findNext, 1)}
        <span class="shown" role="status">${this.#search.isEmpty ? nothing : this.#countWords()}</span>
        ${this.#missing === 0 ? nothing : html`<span class="shown missing">${fill(this.labels.packetView.rawMissing, this.#missing)}</span>`}
      </div>
      ${this.#element}`;
  }

  get #missing(): number {
    return this.#missingBytes + this.#text.cutCharacters;
  }

  #countWords(): string {
    const { count, position } = this.#search;
    return count === 0 ? this.labels.packetView.notFound : fill(this.labels.packetView.found, position, count);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') this.#element.focus();
  }

  #find(query: string): void {
    this.#search.find(query);
    this.#reveal();
  }

  #step(by: 1 | -1): void {
    this.#search.step(by);
    this.#reveal();
  }

  #reveal(): void {
    const place = this.#search.range?.getBoundingClientRect();
    const view = this.#element.getBoundingClientRect();
    if (place && (place.top < view.top || place.bottom > view.bottom))
      this.#element.scrollTop += place.top - view.top - view.height / 2;
    if (place && (place.left < view.left || place.right > view.right))
      this.#element.scrollLeft += place.left - view.left - view.width / 2;
    this.onChange();
  }

  #draw(): void {
    this.#isDrawDue = false;
    const element = this.#element;
    const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 24;
    const missing = this.#missing;
    this.#text.add(this.#pending);
    this.#pending = '';
    if (missing !== this.#missing) this.onChange();
    if (isAtEnd) element.scrollTop = element.scrollHeight;
    if (this.#search.isEmpty) return;
    this.#search.refresh();
    this.onChange();
  }
}
