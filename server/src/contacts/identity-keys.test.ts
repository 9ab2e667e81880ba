import { describe, expect, it } from 'vitest';
import { identityKeys, isWebLink, linkKey } from './identity-keys.ts';

describe('linkKey', () => {
  it.each([
    ['https://www.linkedin.com/in/ada/', 'http://LinkedIn.com/in/ada'],
    ['linkedin.com/in/ada', 'https://linkedin.com/in/ada//'],
    ['example.com:8080/x', 'http://EXAMPLE.com:8080/x/'],
  ])('%s is %s', (one, other) => {
    expect(linkKey(one)).toBe(linkKey(other));
  });

  it.each([
    ['https://github.com/Ada', 'https://github.com/ada'],
    ['https://a.example/?id=1', 'https://a.example/?id=2'],
  ])('%s is not %s', (one, other) => {
    expect(linkKey(one)).not.toBe(linkKey(other));
  });

  it('keeps a very long link apart from others in a short key', () => {
    const long = `https://a.example/${'ä'.repeat(2000)}`;
    expect(linkKey(long).length).toBeLessThan(100);
    expect(linkKey(long)).not.toBe(linkKey(`${long}x`));
  });
});

it('refuses a host that DNS could not know, whatever surrounds it', () => {
  const long = '漢'.repeat(300);
  expect([`https://${long}.example/`, long, `https:///${long}`, `https:${long}`].map(isWebLink)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(isWebLink(`https://a.example/${long}`)).toBe(true);
  expect(linkKey(`https://${long}.example/`)).not.toBe(linkKey(`https://${long}.example/x`));
});

it('takes web links only', () => {
  expect(['https://a.example', 'a.example/x', 'localhost:80/'].map(isWebLink)).toEqual([true, true, true]);
  expect(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example'].map(isWebLink)).toEqual([
    false,
    false,
    false,
  ]);
});

it.each(['javascript:0/alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)'])(
  'does not take %j, which a browser would run',
  (link) => {
    expect(isWebLink(link)).toBe(false);
  },
);

it('names each key once, whatever the case of an email', () => {
  const keys = identityKeys({
    emails: ['A@x.example', 'a@X.example'],
    integrations: { jazz: { id: '7' }, taleo: {} },
  });
  expect(keys).toEqual([
    { kind: 'email', value: 'a@x.example' },
    { kind: 'partner jazz', value: '7' },
  ]);
});
