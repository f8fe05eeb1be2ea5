import type { Tags } from '../network';
import type { CallOptions } from './calls';

/** Tags of anything that EC2 knows by its id. */
export interface TagGateway {
  /** Adds tags, and gives those that are there their new values. */
  setTags(ids: readonly string[], tags: Tags, options?: CallOptions): Promise<void>;
  /** Takes tags away whatever their values; those that are not there are no error. */
  removeTags(ids: readonly string[], keys: readonly string[], options?: CallOptions): Promise<void>;
}
