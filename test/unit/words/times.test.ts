import assert from 'node:assert/strict';
import { ageWords, wantedWords, wishWords } from '../../../src/words/requests';
import { agoWords, timeText, untilWords } from '../../../src/words/times';

const nowMs = Date.parse('2026-11-21T09:00:05.250Z');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

describe('times and requests in words', () => {
  for (const [awayMs, ago, until, age] of [
    [0, 'just now', 'within a minute', 'just now'],
    [minuteMs - 1, 'just now', 'within a minute', 'just now'],
    [minuteMs, '1 min ago', 'in 1 min', 'for 1 min'],
    [hourMs - 1, '59 min ago', 'in 59 min', 'for 59 min'],
    [hourMs, '1 h ago', 'in 1 h', 'for 1 h'],
    [2 * dayMs - 1, '47 h ago', 'in 47 h', 'for 47 h'],
    [2 * dayMs, '2 days ago', 'in 2 days', 'for 2 days'],
    [60 * dayMs - 1, '59 days ago', 'in 59 days', 'for 59 days'],
    [60 * dayMs, '2026-09-22', '2027-01-20', 'for 60 days'],
  ] as const) {
    it(`tells what is ${awayMs} ms away as ${ago}, ${until}, ${age}`, () => {
      assert.equal(agoWords(nowMs - awayMs, nowMs), ago);
      assert.equal(untilWords(nowMs + awayMs, nowMs), until);
      assert.equal(ageWords(awayMs), age);
    });
  }

  it('takes what the clock of AWS has ahead of this one as just now', () => {
    assert.equal(agoWords(nowMs + 3_000, nowMs), 'just now');
  });

  it('tells a service of a request by its name where there is little room, and by its id where it has none', () => {
    const request = { kind: 'endpoint', serviceId: 'vpce-svc-1', serviceName: undefined } as const;
    assert.equal(wishWords({ ...request, label: 'shop' }), 'shop');
    assert.equal(wantedWords({ ...request, label: 'shop' }), 'shop (vpce-svc-1)');
    assert.equal(wishWords({ ...request, label: undefined }), 'vpce-svc-1');
    assert.equal(wishWords({ kind: 'peering', vpcId: 'vpc-1' }), 'peering with vpc-1');
  });

  it('tells the whole time in UTC, without fractions', () => {
    assert.equal(timeText(nowMs), '2026-11-21 09:00:05 UTC');
  });
});
