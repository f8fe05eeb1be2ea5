import { html, type nothing, render, type TemplateResult } from 'lit';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { part } from './elements';
import { type PacketFacts, packetDetails } from './packetDetails';
import { sash } from './sash';

const DEFAULT_HEIGHT_PX = 200;
const LEAST_HEIGHT_PX = 60;

export interface DetailsPaneOptions {
  readonly labels: CaptureLabels;
  /** The packet's frame; undefined where only its line is there. */
  bytesOf(row: number): Promise<ArrayBuffer | undefined>;
  onHeight(heightPx: number): void;
  onClose(): void;
}

/** The selected packet in full, below the table. */
export class DetailsPane {
  readonly element = part('section', 'details');
  readonly #body = part('div', 'details-content');
  #heightPx = DEFAULT_HEIGHT_PX;
  #row: number | undefined;
  #bytes: Uint8Array | null | undefined;
  #last: (() => void) | undefined;

  constructor(private readonly options: DetailsPaneOptions) {
    const { labels } = options;
    this.element.setAttribute('aria-label', labels.packetView.details);
    const line = sash('details-edge', {
      label: labels.packetView.detailsHeight,
      orientation: 'horizontal',
      direction: -1,
      sizePx: () => this.#heightPx,
      setSizePx: heightPx => this.setHeight(heightPx),
    });
    this.element.append(line, this.#body);
    this.element.addEventListener('keydown', event => {
      if (event.key === 'Escape') options.onClose();
    });
    this.#applyHeight();
  }

  setHeight(heightPx: number): void {
    this.#heightPx = Math.max(LEAST_HEIGHT_PX, Math.round(heightPx));
    this.#applyHeight();
    this.options.onHeight(this.#heightPx);
  }

  /** Shows a packet; the bytes follow when the host has sent them. */
  show(facts: Omit<PacketFacts, 'bytes'> | undefined, state: CaptureState): void {
    this.#last = () => render(this.#template(facts, state), this.#body);
    if (facts && facts.row !== this.#row) this.#ask(facts.row);
    this.#last();
  }

  /** Rows mean other packets now. */
  forget(): void {
    this.#row = undefined;
  }

  #template(facts: Omit<PacketFacts, 'bytes'> | undefined, state: CaptureState): TemplateResult | typeof nothing {
    const { labels, onClose } = this.options;
    if (!facts) return html`<p class="none">${labels.packetView.details}</p>`;
    return packetDetails({ ...facts, bytes: this.#bytes }, state, labels, onClose);
  }

  #ask(row: number): void {
    this.#row = row;
    this.#bytes = undefined;
    this.options.bytesOf(row).then(
      bytes => this.#onBytes(row, bytes ? new Uint8Array(bytes) : null),
      () => this.#onBytes(row, null),
    );
  }

  #onBytes(row: number, bytes: Uint8Array | null): void {
    if (row !== this.#row) return;
    this.#bytes = bytes;
    this.#last?.();
  }

  #applyHeight(): void {
    this.element.style.height = `${this.#heightPx}px`;
  }
}
