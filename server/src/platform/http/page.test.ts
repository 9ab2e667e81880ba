import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import { readPage } from './fixtures/read-page.ts';
import { page } from './page.ts';

const plain = { status: 200, language: 'en', title: 'A title', main: '<h1>Here</h1>' } as const;
const policyOf = (answer: ReturnType<typeof page>) => {
  const directives = answer.headers!['content-security-policy']!.split('; ');
  return Object.fromEntries(directives.map((one) => one.split(/ (.*)/s).slice(0, 2) as [string, string]));
};
const sha = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('a page', () => {
  it('runs nothing, asks nothing and is framed nowhere', () => {
    const answer = page(plain);
    const style = /<style>(.*)<\/style>/s.exec(String(answer.body))![1]!;
    expect(policyOf(answer)).toEqual({
      'default-src': "'none'",
      'style-src': sha(style),
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(readPage(String(answer.body)).script).toBeUndefined();
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(answer.body).toContain('<meta name="robots" content="noindex">');
  });

  it('runs its own script and no other', () => {
    const answer = page({ ...plain, script: 'a("<b>");', style: 'p { color: red }' });
    const policy = policyOf(answer);
    expect(policy['script-src']).toBe(sha('a("<b>");'));
    expect(readPage(String(answer.body)).script).toBe('a("<b>");');
    expect(policy['style-src']!.split(' ')).toContain(sha('p { color: red }'));
    expect(policy['connect-src']).toBeUndefined();
  });

  it('asks this server alone', () => {
    expect(policyOf(page({ ...plain, script: 'x', connect: true }))['connect-src']).toBe("'self'");
  });

  it('is of whom it is from', () => {
    expect(readPage(String(page(plain).body)).text).toContain('A title · Headwater');
    const { text } = readPage(String(page({ ...plain, from: 'Acme & Co' }).body));
    expect(text).toContain('A title · Acme & Co');
    expect(text).not.toContain('Headwater');
  });

  it('escapes its title', () => {
    for (const text of HOSTILE_TEXTS) {
      expect(readPage(String(page({ ...plain, title: text, from: text }).body)).text).toContain(text);
    }
  });
});
