import type { CaptureStartOptions } from '../../src/core/captureOptions';
import { type ColumnChoices, defaultChoices } from './columnLayout';
import type { CaptureView } from './viewSwitch';

/** What a page keeps while it is hidden, moved or loaded anew; rows are the host's. */
export interface PageState {
  /** By which the host opens the panel's capture once more after a reload of the window; the page only keeps it. */
  readonly origin: unknown;
  readonly startOptions: CaptureStartOptions | undefined;
  readonly filter: string;
  readonly columns: ColumnChoices;
  readonly view: CaptureView;
  readonly isDetailed: boolean;
  readonly detailsHeightPx: number | undefined;
  readonly selected: readonly [number, number] | undefined;
  /** Where the table stands; undefined when it follows the newest packet. */
  readonly place: { readonly row: number; readonly topPx: number } | undefined;
  /** Of the packet that is numbered first: row numbers of another run mean nothing. */
  readonly firstTimeMicros: number | undefined;
}

/** The editor's memory for a page. */
export interface StateApi {
  getState(): unknown;
  setState(state: unknown): void;
}

const initial: PageState = {
  origin: undefined,
  startOptions: undefined,
  filter: '',
  columns: defaultChoices,
  view: 'packets',
  isDetailed: false,
  detailsHeightPx: undefined,
  selected: undefined,
  place: undefined,
  firstTimeMicros: undefined,
};

/** Often enough to lose nothing that one would miss, seldom enough to cost nothing while one scrolls. */
const SAVE_AFTER_MS = 200;

/** Remembers what a person has set up in the page. */
export class PageMemory {
  #state: PageState;
  #isSaveDue = false;
  #saved = '';

  constructor(private readonly api: StateApi) {
    this.#state = { ...initial, ...(api.getState() as Partial<PageState> | undefined) };
  }

  get state(): PageState {
    return this.#state;
  }

  keep(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    if (this.#isSaveDue) return;
    this.#isSaveDue = true;
    setTimeout(() => {
      this.#isSaveDue = false;
      this.#save();
    }, SAVE_AFTER_MS);
  }

  /** Much is kept again and again that has not changed. */
  #save(): void {
    const text = JSON.stringify(this.#state);
    if (text === this.#saved) return;
    this.#saved = text;
    this.api.setState(this.#state);
  }
}
