import type { Tags } from '../core/network';
import type { CallOptions } from '../core/ports/calls';
import type { TagGateway } from '../core/ports/tagGateway';
import type { Ec2 } from './services/connect';
import { tagList } from './tagSpecification';

/** Tags, by EC2. */
export class AwsTagGateway implements TagGateway {
  readonly #ec2: Ec2;

  constructor(ec2: Ec2) {
    this.#ec2 = ec2;
  }

  setTags(ids: readonly string[], tags: Tags, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:CreateTags',
      async (client, api, http) => {
        await client.send(new api.CreateTagsCommand({ Resources: [...ids], Tags: tagList(tags) }), http);
      },
      options,
    );
  }

  /** Keys without values: with one, AWS would keep a tag whose value is another ("Amazon EC2 API: DeleteTags"). */
  removeTags(ids: readonly string[], keys: readonly string[], options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteTags',
      async (client, api, http) => {
        const command = new api.DeleteTagsCommand({ Resources: [...ids], Tags: keys.map(Key => ({ Key })) });
        await client.send(command, http);
      },
      options,
    );
  }
}
