import { describe, expect, it } from 'vitest';
import type { EventField } from '../custom-fields/field.ts';
import { checkedForm } from './registration-form.ts';

const field = (id: string, type: EventField['type'], more: Partial<EventField> = {}): EventField => ({
  id,
  name: id,
  type,
  options: [],
  required: false,
  asked: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});
const options = [
  { id: 's', label: 'Small' },
  { id: 'l', label: 'Large' },
];
const form = { name: 'Ada', email: 'ada@example.org', phone: '', consent: true, answers: {} };
const saidTo = (one: EventField, ...said: string[]) => {
  const checked = checkedForm({ ...form, answers: { [one.id]: said } }, [one]);
  return 'mistakes' in checked ? checked.mistakes[one.id] : checked.registrant.answers[0]?.value;
};

describe('a registration form', () => {
  it('is taken without the blanks around its fields', () => {
    const typed = {
      ...form,
      name: '  Ada Lovelace ',
      email: ' Ada@Example.org ',
      phone: ' +44 20 7946 0000 ',
    };
    expect(checkedForm(typed, [])).toEqual({
      registrant: { name: 'Ada Lovelace', email: 'Ada@Example.org', phone: '+44 20 7946 0000', answers: [] },
    });
  });

  it('names every mistake at once', () => {
    const questions = [field('size', 'singleSelect', { required: true, options }), field('age', 'number')];
    const typed = { name: ' ', email: 'x', phone: 'call me', consent: false, answers: { age: ['old'] } };
    expect(checkedForm(typed, questions)).toEqual({
      mistakes: {
        name: 'missing',
        email: 'email',
        phone: 'phone',
        consent: 'missing',
        size: 'missing',
        age: 'number',
      },
    });
    expect(checkedForm({ ...form, name: 'x'.repeat(201), email: '' }, [])).toEqual({
      mistakes: { name: 'long', email: 'missing' },
    });
  });

  it.each(['+49 (0) 30 / 90 18 20', '030-901820', '555.0100'])('takes the phone number %s', (phone) => {
    expect(checkedForm({ ...form, phone }, [])).toMatchObject({ registrant: { phone } });
  });

  it.each(['12', '+', 'http://x.example', '1'.repeat(51)])('does not take the phone number %s', (phone) => {
    expect(checkedForm({ ...form, phone }, [])).toEqual({ mistakes: { phone: 'phone' } });
  });

  it('takes answers by the type of their question', () => {
    expect(saidTo(field('q', 'text'), ' vegan ')).toBe('vegan');
    expect(saidTo(field('q', 'number'), '1.5')).toBe(1.5);
    expect(saidTo(field('q', 'number'), '1,5')).toBe(1.5);
    expect(saidTo(field('q', 'number'), '1.000,5')).toBe('number');
    expect(saidTo(field('q', 'date'), '2026-02-28')).toBe('2026-02-28T00:00:00.000Z');
    expect(saidTo(field('q', 'date'), '2026-02-30')).toBe('date');
    expect(saidTo(field('q', 'boolean'), 'true')).toBe(true);
    expect(saidTo(field('q', 'singleSelect', { options }), 'l')).toEqual(['l']);
    expect(saidTo(field('q', 'singleSelect', { options }), 's', 'l')).toBe('option');
    expect(saidTo(field('q', 'multiSelect', { options }), 's', 'l', 's')).toEqual(['s', 'l']);
    expect(saidTo(field('q', 'multiSelect', { options }), 'm')).toBe('option');
    expect(saidTo(field('q', 'text'), ' ')).toBeUndefined();
  });
});
