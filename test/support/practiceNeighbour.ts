import type { Scope } from '../../src/app/appModel';
import { silentLog } from '../../src/base/log';
import { composePractice } from '../../src/compose';
import { type PracticeWorkerCloud, startPracticeWorker } from '../../src/simulator/workerClient';
import { ServiceSite } from './serviceSite';

/** Shares the practice cloud of a workbench, as a second window of it would: what it does is done by somebody else. */
export class PracticeNeighbour {
  private constructor(private readonly cloud: PracticeWorkerCloud) {}

  /** Joins the world in this folder. */
  static async join(folder: string): Promise<PracticeNeighbour> {
    return new PracticeNeighbour(
      await startPracticeWorker('./dist/practiceWorker.js', { world: 'default', pace: 'fast', folder }),
    );
  }

  /** Its two accounts. */
  scopes(): { readonly provider: Scope; readonly consumer: Scope } {
    const [provider, consumer] = composePractice(this.cloud, silentLog);
    if (!provider || !consumer) throw new Error('The practice cloud has fewer than two accounts');
    return { provider, consumer };
  }

  /** The provider's service, which the consumer may ask for. */
  openSite(): Promise<ServiceSite> {
    const { provider, consumer } = this.scopes();
    return ServiceSite.open(provider, consumer);
  }

  leave(): Promise<void> {
    return this.cloud.dispose();
  }
}
