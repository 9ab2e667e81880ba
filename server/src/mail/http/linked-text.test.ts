import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import { readPage } from '../../platform/http/fixtures/read-page.ts';
import { linkedText } from './linked-text.ts';

const read = (text: string) => readPage(`<div>${linkedText(text)}</div>`);
const linksIn = (text: string) =>
  read(text)
    .all('a')
    .map(({ attributes }) => attributes.href);

describe('linkedText', () => {
  it.each([
    [
      'Choose it here:\n\nhttps://crm.example/invitation/1.a-b_c\n\nBye',
      ['https://crm.example/invitation/1.a-b_c'],
    ],
    ['(see http://a.example/x?y=1&z=2#w).', ['http://a.example/x?y=1&z=2#w']],
    ['HTTPS://A.example, http://b.example!', ['HTTPS://A.example', 'http://b.example']],
    ['https://größe.example/ä', ['https://größe.example/ä']],
    ['http://[::1]:4010/mail', ['http://[::1]:4010/mail']],
    ['javascript:http://a.example', ['http://a.example']],
  ])('links %j', (text, links) => {
    expect(linksIn(text)).toEqual(links);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'ftp://a.example mailto:a@b.example //a.example a.example',
    'https:// http://[::1 http://%',
    'xhttp://a.example',
  ])('links nothing but an http(s) address: %j', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  it('shows every text as it is, and lets none of it act', () => {
    for (const hostile of [...HOSTILE_TEXTS, '"><script>x</script>', "https://a.example/'onclick='x"]) {
      for (const text of [hostile, `https://a.example/${hostile}`, `a ${hostile} http://b.example "`]) {
        const page = read(text);
        expect(page.text).toBe(text);
        expect(page.elements.filter(({ tag }) => tag !== 'div' && tag !== 'a')).toEqual([]);
        for (const { attributes } of page.all('a')) {
          expect(Object.keys(attributes)).toEqual(['href', 'rel']);
          expect(attributes.href).toMatch(/^https?:\/\//i);
        }
      }
    }
  });
});
