import type { Page } from 'playwright-core';
import type { DriverOptions, WorkbenchDriver } from '../support/workbenchDriver';

/** A part of a window, in pixels. */
export type Clip = NonNullable<NonNullable<Parameters<Page['screenshot']>[0]>['clip']>;

/** One picture: how to get there from where the scene before has left the workbench. */
export interface Scene {
  readonly name: string;
  play(workbench: WorkbenchDriver): Promise<void>;
  /** Also shown in the README: the name in docs, and the part of the window. */
  readonly readme?: { readonly name: string; readonly clip?: Clip };
}

/** Scenes that play one after another in one workbench. */
export interface SceneGroup {
  readonly name: string;
  readonly scenes: readonly Scene[];
  /** The window, and what must be there before it opens. */
  readonly stage?: Stage;
  prepare?(): Promise<Stage & { leave(): Promise<void> }>;
}

type Stage = Pick<DriverOptions, 'environment' | 'settings' | 'width' | 'height'>;
