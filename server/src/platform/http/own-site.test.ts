import { describe, expect, it } from 'vitest';
import { fromOtherSite, fromOwnSite } from './own-site.ts';

const PUBLIC_URL = 'https://crm.example.org/hire';
const asked = (headers: Record<string, string>) =>
  fromOwnSite({ host: 'crm.example.org', ...headers }, PUBLIC_URL);

describe('fromOwnSite', () => {
  it.each([
    ["the browser's word", { 'sec-fetch-site': 'same-origin' }],
    ["the browser's word, behind a proxy", { 'sec-fetch-site': 'same-origin', host: '10.0.0.7:4010' }],
    ['the public address', { origin: 'https://crm.example.org', host: '10.0.0.7:4010' }],
    ['the host that was asked', { origin: 'http://192.0.2.7:4010', host: '192.0.2.7:4010' }],
  ])('is content with %s', (_, headers) => {
    expect(asked(headers)).toBe(true);
  });

  it.each([
    ['no word of where it is from', {}],
    ['another site, by the browser', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['what no page asked for', { 'sec-fetch-site': 'none' }],
    [
      'another site, whatever else is said',
      { 'sec-fetch-site': 'cross-site', origin: 'https://crm.example.org' },
    ],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin with ours in front', { origin: 'https://crm.example.org.evil.example' }],
    ['an origin with ours behind', { origin: 'https://evil-crm.example.org' }],
    ['another port of ours', { origin: 'https://crm.example.org:8443' }],
    ['a hidden origin', { origin: 'null' }],
    ['an empty origin', { origin: '' }],
    ['an empty host', { origin: 'about:blank', host: '' }],
    ['no origin at all', { origin: 'crm.example.org' }],
  ])('refuses %s', (_, headers) => {
    expect(asked(headers)).toBe(false);
  });
});

it.each([
  [{}, false],
  [{ origin: 'null' }, false],
  [{ origin: 'https://crm.example.org' }, false],
  [{ origin: 'https://crm.example.org', 'sec-fetch-site': 'same-origin' }, false],
  [{ 'sec-fetch-site': 'none' }, false],
  [{ origin: 'https://shop.example.org' }, true],
  [{ origin: 'https://shop.example.org', 'sec-fetch-site': 'same-site' }, true],
  [{ 'sec-fetch-site': 'cross-site' }, true],
])('%j shows that it comes from another site: %s', (headers, other) => {
  expect(fromOtherSite({ host: 'crm.example.org', ...headers }, PUBLIC_URL)).toBe(other);
});
