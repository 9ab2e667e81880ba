import { describe, expect, it } from 'vitest';
import { cookieFor, cookiesNamed } from './cookies.ts';

const read = (cookie?: string | string[]) => cookiesNamed('door-', { cookie });

describe('cookies that were sent', () => {
  it('are read by the beginning of their names, in their order', () => {
    expect(read('door-b=2.b; theme=dark; door-a=1.a')).toEqual(['2.b', '1.a']);
    expect(read(['door-b=2.b', 'door-a=1%2Ea'])).toEqual(['2.b', '1.a']);
  });

  it.each([undefined, '', ';', '=', 'door-', '; ;=;', 'door', 'other=1', 'xdoor-a=1'])(
    'are none in %j',
    (cookie) => {
      expect(read(cookie)).toEqual([]);
    },
  );

  it('are read past what is no cookie', () => {
    expect(read('__proto__=x; \u0001; "; door-a=%; door-b=2; toString=1')).toEqual(['%', '2']);
  });
});

describe('a cookie to be kept', () => {
  it('goes back under its path alone, past every script', () => {
    const made = cookieFor({ name: 'door-a', value: '1.a', path: '/crm/ticket', secure: true, seconds: 60 });
    const [pair, ...attributes] = made.split('; ');
    expect(pair).toBe('door-a=1.a');
    expect(attributes.sort()).toEqual([
      'HttpOnly',
      'Max-Age=60',
      'Path=/crm/ticket',
      'SameSite=Lax',
      'Secure',
    ]);
  });

  it('also over plain HTTP, where that is how the server is reached', () => {
    const made = cookieFor({ name: 'a', value: 'b', path: '/', secure: false, seconds: 60 });
    expect(made).not.toContain('Secure');
  });
});
