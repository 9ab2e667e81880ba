import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Admission } from './admission.ts';
import { LOAD_LIMITS } from './load-limits.ts';

const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

describe('whose a request is', () => {
  it('is told by a token that was verified, until it is refused', () => {
    const admission = new Admission(LOAD_LIMITS, () => 0);
    const request = from('192.0.2.1', { authorization: 'Bearer x' });
    expect(admission.guestOf(request)).toBe('192.0.2.1');
    admission.know('Bearer x', 7);
    expect(admission.guestOf(request)).toBe(7);
    expect(admission.guestOf(from('192.0.2.1', { authorization: 'Bearer y' }))).toBe('192.0.2.1');
    admission.forget('Bearer x');
    expect(admission.guestOf(request)).toBe('192.0.2.1');
  });

  it('is told by the address, which a proxy on this machine says, and no other', () => {
    const admission = new Admission(LOAD_LIMITS, () => 0);
    const forwarded = { 'x-forwarded-for': '203.0.113.9, 192.0.2.7' };
    const guests = ['127.0.0.1', '::1', '::ffff:127.0.0.1', '198.51.100.1'].map((remote) =>
      admission.guestOf(from(remote, forwarded)),
    );
    expect(guests).toEqual(['192.0.2.7', '192.0.2.7', '192.0.2.7', '198.51.100.1']);
  });
});

describe('a route that is shut', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('is shut to one company, on that route, for a moment', () => {
    const admission = new Admission(LOAD_LIMITS, () => 0);
    const [lists, other] = [{}, {}];
    admission.know('a', 1);
    admission.know('b', 2);
    const [ours, theirs] = ['a', 'b'].map((authorization) => from('192.0.2.1', { authorization }));
    admission.shut(lists, 1);
    expect([
      admission.isShut(lists, ours!),
      admission.isShut(other, ours!),
      admission.isShut(lists, theirs!),
    ]).toEqual([true, false, false]);
    vi.advanceTimersByTime(1000);
    expect(admission.isShut(lists, ours!)).toBe(false);
  });
});
