import { describe, expect, it } from 'vitest';
import type { CustomerActor, Session } from '../customer-actor.ts';
import { photoLinksUnder } from './photo-links.ts';

const links = photoLinksUnder('a secret');
const KEY = 'companies/7/photos/01a201e2-8786-7024-9645-4e6fa60cf285';
const reader = (session: Session, more: Partial<CustomerActor> = {}): CustomerActor => ({
  companyId: 7,
  userId: '01a201e2-8504-7727-abcb-35df2d24d5a9',
  number: 1,
  accountType: 'owner',
  session,
  ...more,
});
const SESSIONS: Session[] = [
  { kind: 'session', id: '01a201e2-8649-75e2-b2a7-f93846b33ea3' },
  { kind: 'jwt', version: 3, expiresAt: 1_800_000_000, client: undefined },
  { kind: 'jwt', version: 3, expiresAt: 1_800_000_000, client: '01a201e2-8649-75e2-b2a7-f93846b33ea4' },
];

describe('the link of a photo', () => {
  it.each(SESSIONS)('is read as it was issued, for %j', (session) => {
    const token = links.issue(reader(session), 12, KEY);
    expect(token).toMatch(/^[\w-]+\.[\w-]{22}$/);
    // Short enough for a part of a path.
    expect(token.length).toBeLessThan(400);
    expect(links.read(7, token)).toEqual({
      number: 12,
      key: KEY,
      accountId: reader(session).userId,
      session,
    });
  });

  it('is the same for one session and photo, and another one for any other', () => {
    const issue = (session: Session, number = 12, key = KEY, more = {}) =>
      links.issue(reader(session, more), number, key);
    expect(issue(SESSIONS[0]!)).toBe(issue(SESSIONS[0]!));
    const all = [
      ...SESSIONS.map((session) => issue(session)),
      issue(SESSIONS[0]!, 13),
      issue(SESSIONS[0]!, 12, `${KEY.slice(0, -1)}6`),
      issue(SESSIONS[0]!, 12, KEY, { userId: '01a201e2-8504-7727-abcb-35df2d24d5a0' }),
      issue(SESSIONS[0]!, 12, KEY, { companyId: 8 }),
    ];
    expect(new Set(all.map((token) => token)).size).toBe(all.length);
  });

  it('is none for another company, under another secret, or changed in any character', () => {
    const token = links.issue(reader(SESSIONS[0]!), 12, KEY);
    expect(links.read(8, token)).toBeUndefined();
    expect(photoLinksUnder('another secret').read(7, token)).toBeUndefined();
    // The last character of the code holds bits that say nothing.
    for (let at = 0; at < token.length - 1; at++) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect([at, links.read(7, changed)]).toEqual([at, undefined]);
    }
  });

  it.each(['', '.', 'x', `.${'A'.repeat(22)}`, `AAAA.${'A'.repeat(22)}`, `${'A'.repeat(10_000)}.`])(
    'is none: %j',
    (token) => {
      expect(links.read(7, token)).toBeUndefined();
    },
  );
});
