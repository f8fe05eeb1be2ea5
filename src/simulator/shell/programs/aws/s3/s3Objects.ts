/** The calls of S3 that the high-level commands are made of. */
import { findService, type OperationModel, type ServiceModel } from '../../../../protocols/clientCodec';
import { generalFailure } from '../failures';
import { ServiceClient, ServiceFailure } from '../serviceClient';
import type { CliSession } from '../session';
import { isObject } from '../shapes';

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface ListedPage {
  readonly objects: readonly StoredObject[];
  readonly prefixes: readonly string[];
}

export interface Listing {
  readonly bucket: string;
  readonly prefix: string;
  /** Stops at the next `/`. */
  readonly isFlat: boolean;
  readonly pageSize: number | undefined;
}

type Members = Readonly<Record<string, unknown>>;

export class S3Objects {
  private constructor(readonly client: ServiceClient) {}

  static async open(session: CliSession, command: string): Promise<S3Objects> {
    return new S3Objects(await ServiceClient.open(session, findService('s3') as ServiceModel, command));
  }

  /** Rejects with {@link CliFailure}. */
  call(name: string, input: Members): Promise<Members> {
    return this.client.call(this.operation(name), input);
  }

  operation(name: string): OperationModel {
    const operation = this.client.service.actions.get(name);
    if (!operation) throw generalFailure(`The practice cloud does not have s3:${name}.`);
    return operation;
  }

  async *list({ bucket, prefix, isFlat, pageSize }: Listing): AsyncGenerator<ListedPage> {
    for (let token: unknown; ; ) {
      const page = await this.call('ListObjectsV2', {
        Bucket: bucket,
        Prefix: prefix,
        ...(isFlat ? { Delimiter: '/' } : {}),
        ...(token === undefined ? {} : { ContinuationToken: token }),
        ...(pageSize === undefined ? {} : { MaxKeys: pageSize }),
      });
      yield {
        objects: itemsOf(page.Contents).map(readObject),
        prefixes: itemsOf(page.CommonPrefixes).map(({ Prefix }) => String(Prefix ?? '')),
      };
      token = page.NextContinuationToken;
      if (page.IsTruncated !== true || token === undefined) return;
    }
  }

  /** Rejects with {@link CliFailure}, whose text names the key when it does not exist. */
  async head(bucket: string, key: string): Promise<StoredObject> {
    try {
      const { ContentLength, LastModified } = await this.call('HeadObject', { Bucket: bucket, Key: key });
      return { key, sizeBytes: Number(ContentLength ?? 0), modifiedMs: timeOf(LastModified) };
    } catch (error) {
      if (!(error instanceof ServiceFailure) || error.refusal.code !== '404') throw error;
      throw generalFailure(error.message.replace(/: [^:]*$/, `: Key "${key}" does not exist`));
    }
  }
}

function itemsOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function readObject({ Key, Size, LastModified }: Members): StoredObject {
  return { key: String(Key ?? ''), sizeBytes: Number(Size ?? 0), modifiedMs: timeOf(LastModified) };
}

function timeOf(value: unknown): number {
  return value instanceof Date ? value.getTime() : 0;
}
