import type { AddressClass } from '../../src/core/classification';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import type { AddressNames } from './addressNames';
import { type ColumnName, columnNames } from './columnLayout';
import { part, setText } from './elements';
import type { RowPlace } from './rowStore';
import { rowText } from './rowText';

interface AddressCell {
  readonly cell: HTMLElement;
  readonly mark: HTMLElement;
  readonly text: Text;
}

export interface RowShowing {
  readonly row: number;
  readonly position: number;
  readonly topPx: number;
  readonly isSelected: boolean;
  readonly time: string;
}

/** The elements of one row, which show one packet after another: only their texts change. */
export class PacketRow {
  readonly element = part('div', 'packet-row');
  readonly #number = this.#textCell('number');
  readonly #time = this.#textCell('time');
  readonly #source = this.#addressCell('source');
  readonly #destination = this.#addressCell('destination');
  readonly #protocol = this.#textCell('protocol');
  readonly #length = this.#textCell('length');
  readonly #flags = document.createTextNode('');
  readonly #info = document.createTextNode('');

  constructor(
    private readonly labels: CaptureLabels,
    private readonly names: AddressNames,
  ) {
    this.element.setAttribute('role', 'row');
    const flags = part('b', 'flags');
    flags.append(this.#flags);
    this.#cell('info').append(flags, this.#info);
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Shows the packet of `row` at a height of `topPx`, the `position`th of what is shown; `time` is what its column says. */
  show(place: RowPlace, { row, position, topPx, isSelected, time }: RowShowing): void {
    const { element } = this;
    element.hidden = false;
    element.style.transform = `translateY(${topPx}px)`;
    element.dataset.row = String(row);
    element.setAttribute('aria-rowindex', String(position + 1));
    element.setAttribute('aria-selected', String(isSelected));
    element.id = `packet-${row}`;
    this.#fill(place, row, time);
  }

  #fill(place: RowPlace, row: number, time: string): void {
    const text = rowText(place);
    setText(this.#number, String(row + 1));
    setText(this.#time, time);
    this.#fillAddress(this.#source, text.source, text.sourceClass);
    this.#fillAddress(this.#destination, text.destination, text.destinationClass);
    setText(this.#protocol, text.protocol);
    setText(this.#length, text.length);
    setText(this.#flags, text.flags);
    setText(this.#info, text.flags ? ` ${text.info}` : text.info);
  }

  #fillAddress({ cell, mark, text }: AddressCell, address: string, itsClass: AddressClass): void {
    setText(text, address);
    const name = this.names.nameOfEnd(address);
    if (cell.title !== name) cell.title = name;
    const addressClass = address ? itsClass : 'unknown';
    if (mark.dataset.class === addressClass) return;
    mark.dataset.class = addressClass;
    mark.title = this.labels.addressClasses[addressClass];
  }

  #cell(name: ColumnName): HTMLElement {
    const cell = part('div', `cell ${name}`);
    cell.setAttribute('role', 'gridcell');
    cell.setAttribute('aria-colindex', String(columnNames.indexOf(name) + 1));
    this.element.append(cell);
    return cell;
  }

  #textCell(name: ColumnName): Text {
    const text = document.createTextNode('');
    this.#cell(name).append(text);
    return text;
  }

  #addressCell(name: ColumnName): AddressCell {
    const mark = part('span', 'mark');
    const text = document.createTextNode('');
    const cell = this.#cell(name);
    cell.append(mark, text);
    return { cell, mark, text };
  }
}
