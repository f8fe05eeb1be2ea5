import assert from 'node:assert/strict';
import { proxyFor, proxySettings } from '../../../src/net/proxyRules';

const editor = { proxy: '', noProxy: [], proxyAuthorization: null, proxySupport: 'override' };
const secure = { isSecure: true, host: 'ec2.eu-west-1.amazonaws.com', port: 443 };
const plain = { isSecure: false, host: '127.0.0.1', port: 4566 };

describe('the rules of proxies', () => {
  it('take the editor’s proxy before the environment’s, and none when the editor switches proxies off', () => {
    const environment = { HTTPS_PROXY: 'http://env:1', HTTP_PROXY: 'http://plain:2' };
    assert.equal(
      proxyFor(proxySettings(environment, { ...editor, proxy: 'http://editor:3' }), secure),
      'http://editor:3',
    );
    assert.equal(proxyFor(proxySettings(environment, editor), secure), 'http://env:1');
    assert.equal(proxyFor(proxySettings(environment), plain), 'http://plain:2');
    const off = { ...editor, proxy: 'http://editor:3', proxySupport: 'off' };
    assert.equal(proxyFor(proxySettings(environment, off), secure), undefined);
  });

  it('know the variables in either case, one for all, and a proxy without a scheme', () => {
    assert.equal(
      proxyFor(proxySettings({ https_proxy: 'proxy.example.org:8080' }), secure),
      'http://proxy.example.org:8080',
    );
    assert.equal(proxyFor(proxySettings({ ALL_PROXY: 'http://all:1' }), plain), 'http://all:1');
    assert.equal(proxyFor(proxySettings({ HTTPS_PROXY: '' }), secure), undefined);
    assert.equal(proxyFor(proxySettings({ HTTP_PROXY: 'http://plain:2' }), secure), undefined);
  });

  it('send loopback through the proxy too, unless NO_PROXY says otherwise', () => {
    assert.equal(proxyFor(proxySettings({ HTTP_PROXY: 'http://p:1' }), plain), 'http://p:1');
    assert.equal(
      proxyFor(proxySettings({ HTTP_PROXY: 'http://p:1', NO_PROXY: 'localhost, 127.0.0.1' }), plain),
      undefined,
    );
  });

  it('carry the password that the editor keeps apart', () => {
    assert.equal(proxySettings({}, { ...editor, proxyAuthorization: 'Basic eA==' }).authorization, 'Basic eA==');
  });

  for (const [entry, host, port, isExcepted] of [
    ['*', 'a.example.org', 443, true],
    ['example.org', 'example.org', 443, true],
    ['example.org', 'a.example.org', 443, true],
    ['.example.org', 'a.example.org', 443, true],
    ['*.example.org', 'a.example.org', 443, true],
    ['example.org', 'badexample.org', 443, false],
    ['EXAMPLE.org', 'A.Example.Org', 443, true],
    ['example.org:8443', 'example.org', 8443, true],
    ['example.org:8443', 'example.org', 443, false],
    ['10.0.0.0/8', '10.1.2.3', 443, true],
    ['10.0.0.0/8', '11.1.2.3', 443, false],
    ['10.0.0.0/8', 'a.example.org', 443, false],
    ['127.0.0.1', '127.0.0.1', 443, true],
    ['[::1]', '::1', 443, true],
    ['::1', '::1', 443, true],
  ] as const) {
    it(`${isExcepted ? 'pass by the proxy' : 'take the proxy'} for ${host}:${port} under NO_PROXY=${entry}`, () => {
      const target = { isSecure: true, host, port };
      for (const settings of [
        proxySettings({ HTTPS_PROXY: 'http://p:1', NO_PROXY: entry }),
        proxySettings({ HTTPS_PROXY: 'http://p:1' }, { ...editor, noProxy: [entry] }),
      ])
        assert.equal(proxyFor(settings, target), isExcepted ? undefined : 'http://p:1');
    });
  }
});
