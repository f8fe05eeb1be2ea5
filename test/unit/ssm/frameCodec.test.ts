import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeFrame, encodeFrame, type Frame, type FrameFault, readFrame } from '../../../src/ssm/frameCodec';
import { decodeVectors, encodeVectors, fieldsOf, frameOf, fromHex, sha256, toHex } from '../../support/ssmVectors';

/** What the official reader says, and what we call it. */
const faultOf: Readonly<Record<string, FrameFault>> = {
  'payload Hash is not valid': 'digestMismatch',
  'HeaderLength cannot be zero': 'headerLengthZero',
  'CreatedDate is missing': 'createdDateMissing',
  'MessageType is missing': 'messageTypeMissing',
  'Offset is outside the byte array.': 'truncated',
  'runtime error: slice bounds out of range [120:119]': 'truncated',
  'runtime error: slice bounds out of range [2147483651:128]': 'headerLengthOutsideFrame',
};

const frames: fc.Arbitrary<Frame> = fc.record({
  messageType: fc.stringMatching(/^[a-z_]{1,32}$/),
  schemaVersion: fc.nat(0xffffffff),
  createdMs: fc.bigInt(1n, 2n ** 64n - 1n),
  sequenceNumber: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  flags: fc.bigInt(0n, 2n ** 64n - 1n),
  messageId: fc.uuid(),
  payloadType: fc.nat(0xffffffff),
  payload: fc.uint8Array({ minLength: 1, maxLength: 1_200 }),
});

describe('frame codec', () => {
  for (const vector of encodeVectors) {
    if (vector.serializeError) {
      it(`refuses to encode ${vector.name} as the official client does`, () => {
        assert.throws(() => encodeFrame(frameOf(vector.fields!), sha256), RangeError);
      });
      continue;
    }
    it(`encodes ${vector.name} byte for byte`, () => {
      assert.equal(toHex(encodeFrame(frameOf(vector.fields!), sha256)), vector.hex);
    });
    it(`decodes ${vector.name} to its fields`, () => {
      const reading = decodeFrame(fromHex(vector.hex!), sha256);
      assert.ok(reading.ok);
      const { headerLength, payloadLength, digest, payload } = reading.frame;
      assert.deepEqual(
        { ...fieldsOf(reading.frame), payload: toHex(payload) },
        { ...frameOf(vector.fields!), payload: vector.fields!.PayloadHex },
      );
      assert.equal(headerLength, 116);
      assert.equal(payloadLength, vector.fields!.PayloadLength);
      assert.equal(toHex(digest), vector.fields!.PayloadDigestHex);
    });
  }

  for (const vector of decodeVectors) {
    const failure = vector.validateError ?? vector.deserializeError ?? vector.panics;
    it(`${failure ? `refuses ${vector.name}: ${failure}` : `accepts ${vector.name}`}`, () => {
      const reading = decodeFrame(fromHex(vector.hex!), sha256);
      assert.equal(reading.ok ? undefined : reading.fault, failure && faultOf[failure]);
      assert.equal(reading.ok, vector.valid === true);
    });
    if (vector.fields) {
      it(`reads the fields of ${vector.name} before judging them`, () => {
        const reading = readFrame(fromHex(vector.hex!));
        assert.ok(reading.ok);
        const { fields } = vector;
        assert.equal(reading.frame.messageType, fields!.MessageType);
        assert.equal(reading.frame.headerLength, fields!.HeaderLength);
        assert.equal(toHex(reading.frame.payload), fields!.PayloadHex);
        assert.equal(reading.frame.messageId, fields!.MessageId);
        assert.equal(reading.frame.sequenceNumber, BigInt(fields!.SequenceNumber));
      });
    }
  }

  it('gives back every frame it encoded', () => {
    fc.assert(
      fc.property(frames, frame => {
        const reading = decodeFrame(encodeFrame(frame, sha256), sha256);
        assert.ok(reading.ok);
        const read = fieldsOf(reading.frame);
        assert.deepEqual({ ...read, payload: [...read.payload] }, { ...frame, payload: [...frame.payload] });
      }),
    );
  });

  it('reads a frame in the middle of a larger buffer', () => {
    fc.assert(
      fc.property(frames, fc.nat(40), (frame, offset) => {
        const encoded = encodeFrame(frame, sha256);
        const around = new Uint8Array(offset + encoded.length);
        around.set(encoded, offset);
        assert.ok(decodeFrame(around.subarray(offset), sha256).ok);
      }),
    );
  });

  it('never throws on bytes of any kind, and says truncated below 120', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        const reading = decodeFrame(bytes, sha256);
        if (bytes.length < 120) assert.deepEqual(reading, { ok: false, fault: 'truncated' });
      }),
    );
  });

  it('refuses a frame cut at any byte', () => {
    const whole = fromHex(encodeVectors.find(vector => vector.name === 'output-utf8')!.hex!);
    for (let length = 0; length < whole.length; length++) {
      const reading = decodeFrame(whole.subarray(0, length), sha256);
      assert.equal(reading.ok, false, `cut at ${length}`);
    }
  });

  it('refuses a message id that is no uuid', () => {
    const frame = frameOf(encodeVectors[0]!.fields!);
    const good = frame.messageId;
    const bad = ['', 'not-a-uuid', good.slice(1), `${good}0`, good.replace('-', '0'), good.replace(/^./, 'g')];
    for (const messageId of bad) {
      assert.throws(() => encodeFrame({ ...frame, messageId }, sha256), RangeError, messageId);
    }
  });
});
