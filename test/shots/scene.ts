import type { Page } from 'playwright-core';
import type { DriverOptions, WorkbenchDriver } from '../support/workbenchDriver';

/** One picture: how to get there from where the scene before has left the workbench. */
export interface Scene {
  readonly name: string;
  play(workbench: WorkbenchDriver): Promise<void>;
  /** The part of the window to show; all of it by default. */
  readonly clip?: NonNullable<Parameters<Page['screenshot']>[0]>['clip'];
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
