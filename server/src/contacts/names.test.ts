import { describe, expect, it } from 'vitest';
import { changedNames } from './names.ts';

const bond = { firstName: 'Daniel', middleNames: ['Craig'], lastName: 'Bond', fullName: 'Daniel Craig Bond' };

describe('changedNames', () => {
  it.each([
    [{ firstName: 'Joao', fullName: 'Joao Alvarez Ronaldo' }, 'Joao Craig Bond'],
    [{ middleNames: ['Jackson'], fullName: 'Michael Trump Smith' }, 'Daniel Jackson Bond'],
    [{ lastName: 'Alpine', fullName: 'Hugo Jackman Wolverine' }, 'Daniel Craig Alpine'],
    [{ fullName: 'Zelda Gold Braveheart' }, 'Zelda Gold Braveheart'],
    [{ lastName: null }, 'Daniel Craig'],
    [{ middleNames: null }, 'Daniel Bond'],
    [{}, 'Daniel Craig Bond'],
  ])('%j makes %s', (change, fullName) => {
    expect(changedNames(bond, change).fullName).toBe(fullName);
  });

  it.each([
    ['Cher', { firstName: 'Cher', middleNames: [], fullName: 'Cher' }],
    [
      '  Ada   Lovelace ',
      { firstName: 'Ada', middleNames: [], lastName: 'Lovelace', fullName: 'Ada Lovelace' },
    ],
    [
      'Johann Sebastian von Bach',
      {
        firstName: 'Johann',
        middleNames: ['Sebastian', 'von'],
        lastName: 'Bach',
        fullName: 'Johann Sebastian von Bach',
      },
    ],
    ['', { middleNames: [] }],
  ])('takes %j apart', (fullName, names) => {
    expect(changedNames({ middleNames: [] }, { fullName })).toEqual(names);
  });
});
