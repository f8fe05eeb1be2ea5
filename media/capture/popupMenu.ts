import { part } from './elements';

export interface MenuItem {
  readonly label: string;
  /** Shown beside the label. */
  readonly key?: string;
  /** For what is on or off. */
  readonly isChecked?: boolean;
  run(): void;
}

/** A menu at a point, worked by mouse and by arrow keys; the focus then goes back to where it was. */
export class PopupMenu {
  readonly element = part('div', 'menu');
  #goBack: HTMLElement | undefined;

  constructor() {
    this.element.setAttribute('role', 'menu');
    // Not 'auto': a menu that opens as the button goes down would close as it goes up.
    this.element.popover = 'manual';
    this.element.addEventListener('keydown', event => this.#onKey(event));
    this.element.addEventListener('focusout', event => {
      if (!this.element.contains(event.relatedTarget as Node | null)) this.element.hidePopover();
    });
  }

  /** `x` and `y` are of the page; the menu stays within it. */
  open(label: string, items: readonly MenuItem[], x: number, y: number, goBack: HTMLElement): void {
    this.#goBack = goBack;
    this.element.setAttribute('aria-label', label);
    this.element.replaceChildren(...items.map(item => this.#item(item)));
    (goBack.closest('main') ?? document.body).append(this.element);
    this.element.showPopover();
    const { width, height } = this.element.getBoundingClientRect();
    this.element.style.left = `${Math.max(0, Math.min(x, window.innerWidth - width))}px`;
    this.element.style.top = `${Math.max(0, Math.min(y, window.innerHeight - height))}px`;
    (this.element.firstElementChild as HTMLElement | null)?.focus();
  }

  #item({ label, key, isChecked, run }: MenuItem): HTMLElement {
    const item = part('div', 'menu-item');
    item.tabIndex = -1;
    item.setAttribute('role', isChecked === undefined ? 'menuitem' : 'menuitemcheckbox');
    if (isChecked !== undefined) item.setAttribute('aria-checked', String(isChecked));
    const text = part('span', 'menu-label');
    text.textContent = label;
    const keyText = part('span', 'menu-key');
    keyText.textContent = key ?? '';
    item.append(text, keyText);
    item.addEventListener('click', () => {
      this.#close();
      run();
    });
    item.addEventListener('mouseenter', () => item.focus());
    return item;
  }

  #close(): void {
    this.#goBack?.focus();
    this.element.hidePopover();
  }

  #onKey(event: KeyboardEvent): void {
    const items = [...this.element.children] as HTMLElement[];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Enter' || event.key === ' ') items[at]?.click();
    else if (event.key === 'Tab' || event.key === 'Escape') this.#close();
    else if (next !== undefined) items[next % items.length]?.focus();
    else return;
    event.preventDefault();
  }
}
