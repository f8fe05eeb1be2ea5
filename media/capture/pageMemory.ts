import { type ColumnChoices, defaultChoices } from './columnLayout';
import type { CaptureView } from './viewSwitch';

/** What a page keeps while it is hidden, moved or loaded anew; rows are the host's. */
export interface PageState {
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

/** Remembers what a person has set up in the page. What the host has put beside it, to find the panel's capture again, stays. */
export class PageMemory {
  #state: PageState;
  #isSaveDue = false;

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
      this.api.setState(this.#state);
    }, SAVE_AFTER_MS);
  }
}
