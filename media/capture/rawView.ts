import type { CaptureLabels } from '../../src/protocol/captureLabels';

/** Characters kept in the page; the host keeps more. */
const KEPT_CHARACTERS = 400_000;

/** The stream exactly as tcpdump printed it: selectable text that follows its end until one scrolls up. */
export class RawView {
  readonly element = document.createElement('pre');
  readonly #text = document.createTextNode('');
  #pending = '';
  #isDrawDue = false;

  constructor(labels: CaptureLabels) {
    this.element.className = 'raw';
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'log');
    this.element.setAttribute('aria-live', 'off');
    this.element.setAttribute('aria-label', labels.rawTitle);
    this.element.append(this.#text);
  }

  show(): void {
    requestAnimationFrame(() => {
      this.element.scrollTop = this.element.scrollHeight;
    });
  }

  add(text: string, isReset: boolean): void {
    if (isReset) {
      this.#pending = '';
      this.#text.data = '';
    }
    this.#pending += text;
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#isDrawDue = false;
    const isAtEnd = this.element.scrollTop + this.element.clientHeight >= this.element.scrollHeight - 24;
    this.#text.appendData(this.#pending);
    this.#pending = '';
    if (this.#text.length > KEPT_CHARACTERS * 1.25) this.#text.deleteData(0, this.#text.length - KEPT_CHARACTERS);
    if (isAtEnd) this.element.scrollTop = this.element.scrollHeight;
  }
}
