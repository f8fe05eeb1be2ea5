import assert from 'node:assert/strict';
import type { AwsCredentials } from '../../../../src/aws/connection';
import { CredentialCache } from '../../../../src/aws/signIn/credentialCache';
import { HandClock } from '../../../support/handClock';

const HOUR_MS = 3_600_000;

describe('credentials in memory', () => {
  let clock: HandClock;
  let asked: (string | undefined)[];
  let failure: Error | undefined;
  let lifeMs: number | undefined;
  let cache: CredentialCache<string>;

  beforeEach(() => {
    clock = new HandClock();
    asked = [];
    failure = undefined;
    lifeMs = HOUR_MS;
    cache = new CredentialCache<string>(async ask => {
      asked.push(ask);
      await Promise.resolve();
      if (failure) throw failure;
      return keys(asked.length);
    }, clock);
  });

  function keys(number: number): AwsCredentials {
    const end = lifeMs === undefined ? {} : { expiration: new Date(clock.now() + lifeMs) };
    return { accessKeyId: `AKID${number}`, secretAccessKey: 'secret', ...end };
  }

  const idNow = async () => (await cache.get()).accessKeyId;

  it('come from one sign-in for all who ask at once', async () => {
    assert.deepEqual(await Promise.all([idNow(), idNow(), idNow()]), ['AKID1', 'AKID1', 'AKID1']);
    assert.equal(await idNow(), 'AKID1');
  });

  it('are got anew ahead of their end, while the old ones still sign', async () => {
    await idNow();
    await clock.advance(HOUR_MS - 4 * 60_000);
    assert.equal(await idNow(), 'AKID1');
    await clock.advance(0);
    assert.equal(await idNow(), 'AKID2');
  });

  it('are the old ones until their end when that fails, without trying at each request', async () => {
    await idNow();
    failure = new Error('no way');
    await clock.advance(HOUR_MS - 4 * 60_000);
    for (let count = 0; count < 5; count++) assert.equal(await idNow(), 'AKID1');
    await clock.advance(0);
    assert.equal(asked.length, 2);
    await clock.advance(4 * 60_000);
    await assert.rejects(idNow(), /no way/);
  });

  it('are asked for again after a failure', async () => {
    failure = new Error('no way');
    await assert.rejects(idNow(), /no way/);
    failure = undefined;
    assert.equal(await idNow(), 'AKID2');
  });

  it('without an end stay until they are forgotten', async () => {
    lifeMs = undefined;
    await idNow();
    await clock.advance(1_000 * HOUR_MS);
    assert.equal(await idNow(), 'AKID1');
    cache.forget();
    assert.equal(await idNow(), 'AKID2');
  });

  it('are got with a person at hand even when a sign-in without one is under way', async () => {
    const silent = cache.get();
    await cache.signIn('desk');
    await silent;
    assert.deepEqual(asked, [undefined, 'desk']);
    assert.equal(await idNow(), 'AKID2');
  });
});
