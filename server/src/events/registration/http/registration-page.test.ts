import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../../test/fuzz/hostile.ts';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import type { Language } from '../../../platform/http/language.ts';
import { publicEvent } from '../fixtures/public-event.ts';
import type { Mistake, Question, Registration } from '../registration.ts';
import { registrationPage } from './registration-page.ts';

const question = (id: string, type: Question['type'], more: Partial<Question> = {}): Question => ({
  id,
  name: `Question ${id}`,
  type,
  required: false,
  options: [],
  ...more,
});
const options = (count: number) =>
  Array.from({ length: count }, (_, nth) => ({ id: `o${nth}`, label: `Option ${nth}` }));
const QUESTIONS = [
  question('t', 'text', { required: true }),
  question('n', 'number'),
  question('d', 'date'),
  question('b', 'boolean', { required: true }),
  question('s', 'singleSelect', { required: true, options: options(3) }),
  question('l', 'singleSelect', { required: true, options: options(9) }),
  question('m', 'multiSelect', { options: options(3) }),
];
const open: Registration = { state: 'open', event: publicEvent(), questions: QUESTIONS };
const shown = (registration: Registration, language: Language = 'en', asked: 'GET' | 'POST' = 'GET') => {
  const answer = registrationPage(registration, language, asked);
  return { status: answer.status, ...readPage(String(answer.body)) };
};
const inputs = (page: ReturnType<typeof shown>, name: string) =>
  page.elements
    .filter(({ tag, attributes }) => ['input', 'select'].includes(tag) && attributes.name === name)
    .map(({ attributes }) => attributes);

describe.each(['en', 'de'] as const)('the registration page in %s', (language) => {
  const event = publicEvent();
  const states: [string, Registration, number, number][] = [
    ['open', open, 200, 200],
    ['open, with mistakes', { ...open, mistakes: { name: 'missing' } } as Registration, 400, 400],
    ['registered', { state: 'registered', event, email: 'anna@example.org' }, 200, 200],
    ['draft', { state: 'closed', why: 'draft' }, 200, 409],
    ['cancelled', { state: 'closed', why: 'cancelled', event }, 200, 409],
    ['past', { state: 'closed', why: 'past', event }, 200, 409],
    ['deleted', { state: 'closed', why: 'deleted' }, 410, 410],
    ['unknown', { state: 'unknown' }, 404, 404],
  ];

  it.each(states)('is a page with one heading and a status: %s', (_name, registration, get, post) => {
    const page = shown(registration, language, 'GET');
    expect([page.status, shown(registration, language, 'POST').status]).toEqual([get, post]);
    expect(page.all('h1')).toHaveLength(1);
    expect(page.all('html')[0]!.attributes.lang).toBe(language);
  });

  it('says in words why it is closed', () => {
    const said = ['draft', 'cancelled', 'past', 'deleted'].map(
      (why) => shown({ state: 'closed', why } as Registration, language).all('h1')[0]!.text,
    );
    expect(new Set(said).size).toBe(4);
  });

  it('has a name for each field', () => {
    const page = shown(open, language);
    const labels = page.all('label');
    for (const { attributes } of page.all('input').concat(page.all('select'))) {
      const label = labels.find((one) => one.attributes.for === attributes.id);
      expect(label?.text.trim()).toBeTruthy();
    }
  });
});

describe('the form', () => {
  const page = shown(open);

  it('says what the event is, when and where', () => {
    expect(page.all('h1')[0]!.text).toBe('Career Night');
    for (const text of [
      'Nordwind Robotik',
      'Saturday, 5 December 2026, 18:00–22:00 (Central European Time)',
      'Hall 3\nAm Sandtorkai 36\n20457 Hamburg',
      'Meet the teams.\nFood is on us.',
    ]) {
      expect(page.text).toContain(text);
    }
    const online = shown({ state: 'open', event: publicEvent({ place: [], online: true }), questions: [] });
    expect(online.all('dd').at(-1)!.text).toBe('Online');
  });

  it('helps browsers to fill in who it is', () => {
    expect(inputs(page, 'name')[0]).toMatchObject({ type: 'text', autocomplete: 'name', required: '' });
    expect(inputs(page, 'email')[0]).toMatchObject({ type: 'email', autocomplete: 'email', required: '' });
    expect(inputs(page, 'phone')[0]).toMatchObject({ type: 'tel', autocomplete: 'tel' });
    expect(inputs(page, 'phone')[0]).not.toHaveProperty('required');
  });

  it('asks each question by its type', () => {
    expect(inputs(page, 'q.t')).toMatchObject([{ type: 'text', required: '' }]);
    expect(inputs(page, 'q.n')).toMatchObject([{ type: 'text', inputmode: 'decimal' }]);
    expect(inputs(page, 'q.d')).toMatchObject([{ type: 'date' }]);
    expect(inputs(page, 'q.b').map(({ type, value }) => [type, value])).toEqual([
      ['radio', 'true'],
      ['radio', 'false'],
    ]);
    expect(inputs(page, 'q.s').map(({ type, value }) => [type, value])).toEqual(
      options(3).map(({ id }) => ['radio', id]),
    );
    expect(inputs(page, 'q.l')).toMatchObject([{ required: '' }]);
    expect(page.all('option').map(({ attributes }) => attributes.value)).toEqual([
      '',
      ...options(9).map(({ id }) => id),
    ]);
    for (const [nth, { id }] of options(3).entries()) {
      expect(inputs(page, `q.m.${nth}`)).toMatchObject([{ type: 'checkbox', value: id }]);
    }
    expect(page.all('legend').map(({ text }) => text)).toEqual([
      'Question b',
      'Question s',
      'Question m (optional)',
    ]);
  });

  it('lets a choice that may be left out be taken back', () => {
    const may = question('s', 'singleSelect', { options: options(2) });
    const optional = shown({ state: 'open', event: publicEvent(), questions: [may] });
    expect(optional.all('select')).toHaveLength(1);
  });

  it('says what is agreed to, what is stored, by whom, and how to have it deleted', () => {
    const consent = page.all('label').find(({ attributes }) => attributes.for === 'consent')!;
    expect(consent.text).toContain('Nordwind Robotik stores what I entered');
    expect(inputs(page, 'consent')).toMatchObject([{ type: 'checkbox', required: '' }]);
    expect(page.text).toMatch(
      /Nordwind Robotik stores your name, .* your answers .* consent, .* delete them/s,
    );
  });

  it('has a trap that nobody meets', () => {
    const [trap] = inputs(page, 'website');
    expect(trap).toMatchObject({ type: 'text', tabindex: '-1', autocomplete: 'off' });
    const aside = page.elements.find(({ attributes }) => attributes.class === 'aside')!;
    expect(aside.attributes['aria-hidden']).toBe('true');
  });
});

describe('the form with mistakes', () => {
  const form = {
    name: ' Anna ',
    email: 'anna@@',
    phone: '+49',
    consent: true,
    answers: {
      t: ['typed'],
      n: ['many'],
      d: ['2026-01-31'],
      b: ['false'],
      s: ['o1'],
      l: ['o8'],
      m: ['o0', 'o2'],
    },
  };
  const page = shown({
    ...open,
    form,
    mistakes: { email: 'email', n: 'number', b: 'missing' },
  } as Registration);

  it('holds everything as it was typed', () => {
    expect(inputs(page, 'name')[0]!.value).toBe(' Anna ');
    expect(inputs(page, 'phone')[0]!.value).toBe('+49');
    expect(['q.t', 'q.n', 'q.d'].map((name) => inputs(page, name)[0]!.value)).toEqual([
      'typed',
      'many',
      '2026-01-31',
    ]);
    const chosen = page.elements.filter(
      ({ attributes }) => 'checked' in attributes || 'selected' in attributes,
    );
    expect(chosen.map(({ attributes }) => attributes.value)).toEqual([
      'false',
      'o1',
      'o8',
      'o0',
      'o2',
      'yes',
    ]);
  });

  it('names each at its field, and above with a link, in the order of the form', () => {
    expect(page.all('title')[0]!.text).toMatch(/^Error: /);
    expect(page.byId('email')!.attributes).toMatchObject({
      'aria-invalid': 'true',
      'aria-describedby': 'email-hint email-mistake',
    });
    expect(page.byId('email-mistake')!.text).toContain('not an email address');
    expect(page.byId('q.n')!.attributes['aria-describedby']).toBe('q.n-hint q.n-mistake');
    const summary = page.elements.find(({ attributes }) => attributes.role === 'alert')!;
    expect(summary.text).toContain('Please correct 3 things:');
    expect(summary.attributes).toHaveProperty('autofocus');
    expect(page.all('a').map(({ attributes, text }) => [attributes.href, text])).toEqual([
      ['#email', 'Email'],
      ['#q.n', 'Question n'],
      ['#q.b', 'Question b'],
    ]);
  });

  it.each(['en', 'de'] as const)('has words for each of them in %s', (language) => {
    const kinds: Mistake[] = ['missing', 'long', 'email', 'phone', 'number', 'date', 'option'];
    const said = kinds.flatMap((mistake) =>
      ['name', 't', 'm'].map((key) => {
        const mistaken = shown({ ...open, mistakes: { [key]: mistake } } as Registration, language);
        return mistaken.all('p').find(({ attributes }) => attributes.class === 'mistake')!.text;
      }),
    );
    expect(said.every((text) => text.length > 10)).toBe(true);
    expect(new Set(said).size).toBeGreaterThanOrEqual(kinds.length);
  });
});

it('whatever people wrote is text, in every state', () => {
  for (const text of HOSTILE_TEXTS) {
    const event = publicEvent({ company: text, name: text, description: text, place: [text] });
    const hostile = question('h', 'singleSelect', { name: text, options: [{ id: text, label: text }] });
    const ticks = { ...hostile, id: 'k', type: 'multiSelect' } as const;
    const form = { name: text, email: text, phone: text, consent: false, answers: { h: [text], k: [text] } };
    const states: Registration[] = [
      { state: 'open', event, questions: [hostile, ticks, question('t', 'text', { name: text })] },
      { state: 'open', event, questions: [hostile, ticks], form, mistakes: { name: 'long', h: 'option' } },
      { state: 'registered', event, email: text },
      { state: 'closed', why: 'past', event },
    ];
    for (const state of states) expect(shown(state).text).toContain(text);
    expect(shown(states[1]!).byId('name')!.attributes.value).toBe(text);
  }
});
