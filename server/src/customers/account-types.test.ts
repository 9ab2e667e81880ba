import { describe, expect, it } from 'vitest';
import { ACCOUNT_TYPES, isAbove, isAdministrator, typesBelow } from './account-types.ts';
import { Mistakes, typeMistake } from './mistakes.ts';

describe('the account types', () => {
  it('stand one above the other', () => {
    expect(ACCOUNT_TYPES).toEqual(['owner', 'admin', 'recruiter', 'hiring-manager']);
    for (const [at, one] of ACCOUNT_TYPES.entries()) {
      for (const [place, other] of ACCOUNT_TYPES.entries()) {
        expect([one, other, isAbove(one, other)]).toEqual([one, other, at < place]);
        expect(typeMistake(one, other) === undefined).toBe(at < place);
      }
      expect(typesBelow(one)).toEqual(ACCOUNT_TYPES.slice(at + 1));
    }
  });

  it('administrate where they are owner or admin', () => {
    expect(ACCOUNT_TYPES.filter(isAdministrator)).toEqual(['owner', 'admin']);
  });

  it('a mistake names what would be right', () => {
    expect(typeMistake('admin', 'owner')).toContain('recruiter, hiring-manager');
    expect(typeMistake('hiring-manager', 'hiring-manager')).not.toContain('undefined');
  });
});

describe('mistakes', () => {
  it('are raised all at once, under their fields, and not without one', () => {
    const mistakes = new Mistakes();
    expect(mistakes.found).toBe(false);
    mistakes.raise();
    mistakes.add('email', 'one');
    mistakes.add('email', 'two');
    mistakes.add('photo', 'three');
    expect(mistakes.found).toBe(true);
    expect(() => mistakes.raise()).toThrow(
      expect.objectContaining({ status: 400, fields: { email: ['one', 'two'], photo: ['three'] } }),
    );
  });
});
