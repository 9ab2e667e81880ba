import fc from 'fast-check';
import { FIELD_TYPES } from '../../src/contacts/custom-fields/custom-field.ts';
import { SORT_KEYS, searchFields } from '../../src/events/search-fields.ts';
import { OPERATORS } from '../../src/platform/filter/condition.ts';
import type { Field } from '../../src/platform/filter/fields.ts';
import type { Answer, TestCompany, TestServer } from '../harness.ts';
import type { Known } from './arbitraries.ts';
import { HOSTILE_TEXTS, HOSTILE_VALUES } from './hostile.ts';
import type { Ids } from './two-worlds.ts';

type Body = Answer['body'];

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const LINKS = ['https://meet.example/a?b=c#d', 'http://xn--mnchen-3ya.example:8080/%C3%A4'];

/** What a company's events, their fields and links are called by, with everything in them ending in `text`. */
export async function furnishedEvents(
  server: TestServer,
  { admin }: TestCompany,
  text: string,
  { users, contacts }: { users: Body[]; contacts: Body[] },
): Promise<Ids> {
  const make = async (path: string, body: object) => {
    const answer = await admin.post(path, body);
    if (answer.status !== 200) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const site = `https://${text.toLowerCase()}.example`;
  const field = (type: string, more: object = {}) =>
    make('/v1/attractEvents/customfields', {
      name: `Event ${type} ${text} ${'askedAtRegistration' in more}`,
      type,
      ...(/Select/.test(type) ? { options: [{ label: `Option ${text}` }, { label: `Second ${text}` }] } : {}),
      ...more,
    });
  const fields: Body[] = [];
  for (const type of FIELD_TYPES) fields.push(await field(type));
  const question = await field('text', { askedAtRegistration: true });
  const choice = await field('multiSelect', { askedAtRegistration: true });
  const [words, number, date, boolean, single, multi] = fields;
  const options = [...single.options, ...multi.options].map(({ id }: Body) => ({ id }));
  const event = (index: number) =>
    make('/v1/attractEvents', {
      name: `Event ${index} ${text}`,
      description: `About ${text}`,
      type: 'meetup',
      start: { timestamp: `209${index}-01-01T09:00:00Z` },
      owner: { id: users[index % 4].id },
      location: { name: `Hall ${text}`, city: `Town ${text}`, url: site, lat: 50 + index, lng: 10 },
      locationUrl: site,
      image: { name: `Image ${text}`, url: site },
      customFields: [
        { id: words.id, value: `Value ${text}` },
        { id: number.id, value: index },
        { id: date.id, value: '2026-01-31' },
        { id: boolean.id, value: true },
        { id: single.id, optionIds: [options[index % 2]] },
        { id: multi.id, optionIds: options.slice(2) },
      ],
    });
  const events: Body[] = [];
  for (const index of [0, 1, 2, 3]) {
    const made = await event(index);
    const { status } = await admin.put(`/v1/attractEvents/${made.id}/attendees/${contacts[index].id}`, {
      status: 'registered',
    });
    if (status !== 200) throw new Error(`an attendee: ${status}`);
    events.push(made);
  }
  // In no list of ids, so that no request by an id closes it: its pages stay open.
  const open = await event(4);
  const { flowReg, flowCheckIn } = open.relations;
  const { status } = await server.call('POST', `/register/${flowReg.latestPublishedSlug}`, {
    headers: FORM,
    body: new URLSearchParams({
      name: `Visitor ${text}`,
      email: `visitor@${text.toLowerCase()}.example`,
      consent: 'yes',
      [`q.${question.id}`]: `Answer ${text}`,
      [`q.${choice.id}.0`]: choice.options[0].id,
    }).toString(),
  });
  if (status !== 200) throw new Error(`registering: ${status}`);
  const door = await server.call('GET', `/check-in/${flowCheckIn.latestPublishedSlug}`);
  const { mails } = (await admin.get('/v1/mail')).body;
  const visitors: Body[] = (await admin.get(`/v1/attractEvents/${open.id}/attendees`)).body.attendees;
  const slugs = (flow: string) =>
    [open, open, open, events[0]].map(({ relations }) => relations[flow].latestPublishedSlug as string);
  return {
    attractEventId: events.map(({ id }) => id),
    customFieldId: fields.map(({ id }) => id),
    eventOption: options.map(({ id }) => id),
    question: [question.id, choice.id],
    questionOption: choice.options.map(({ id }: Body) => id),
    registration: slugs('flowReg'),
    door: slugs('flowCheckIn'),
    doorCookie: [door.headers.get('set-cookie')!.split(';')[0]!],
    ticket: mails.flatMap(({ text: said }: Body) => /\/ticket\/([\w.-]+)/.exec(said)?.[1] ?? []),
    visitor: visitors.map(({ contactId }) => contactId),
  };
}

const mostly = (ours: string[], theirs: string[]) =>
  fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(...ours) },
    { weight: 1, arbitrary: fc.constantFrom(...theirs) },
  );
const texts = (longest: number) =>
  fc.constantFrom(...HOSTILE_TEXTS.filter(({ length }) => length <= longest));
const some = (properties: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(properties, { requiredKeys: [] });

/** Values for what an event and its fields say, such that most are taken. */
export function eventReferences(ours: Ids, theirs: Ids): Known {
  const [text, number, date, boolean, single, multi] = ours.customFieldId!;
  const [one, other, ...several] = ours.eventOption!;
  const value = (id: string | undefined, values: unknown[]) =>
    fc.record({ id: fc.constant(id), value: fc.constantFrom(...values) });
  const options = (id: string | undefined, ids: fc.Arbitrary<(string | undefined)[]>) =>
    fc.record({ id: fc.constant(id), optionIds: ids.map((chosen) => chosen.map((one) => ({ id: one }))) });
  const clock = (year: number) =>
    fc
      .record({ year: fc.integer({ min: year, max: year + 9 }), month: fc.integer({ min: 1, max: 12 }) })
      .map((of) => `${of.year}-${String(of.month).padStart(2, '0')}-28`)
      .chain((day) =>
        fc.constantFrom(
          { timestamp: `${day}T02:30:00.123+05:45` },
          { timestamp: day },
          { date: day, time: '02:30' },
          { date: day, time: '23:59:59.999' },
          { date: day },
        ),
      );
  const latitude = fc.double({ min: -90, max: 90, noNaN: true });
  const longitude = fc.double({ min: -180, max: 180, noNaN: true });
  const address = some({
    name: texts(500),
    address: texts(500),
    address2: texts(500),
    postcode: texts(500),
    city: texts(500),
    county: texts(500),
    country: texts(500),
    formattedAddress: texts(500),
    url: fc.constantFrom(...LINKS),
  });
  const point = fc.oneof(
    fc.constant({}),
    fc.record({ geoPoint: fc.record({ lat: latitude, lon: longitude }) }),
    fc.record({ lat: latitude, lng: longitude }),
  );
  return {
    start: clock(2026),
    end: clock(2090),
    timezone: fc
      .constantFrom('Europe/Berlin', 'america/new_york', 'UTC', 'Asia/Kathmandu', 'Pacific/Apia')
      .chain((id) => fc.constantFrom(id, { id }, { value: id }, { id, value: id, name: 'x' })),
    location: fc.tuple(address, point).map(([where, at]) => ({ ...where, ...at })),
    locationUrl: fc.constantFrom(...LINKS, null),
    image: some({ name: texts(500), url: fc.constantFrom(...LINKS, null) }),
    status: fc.constantFrom('draft', 'published', 'cancelled'),
    owner: some({ id: mostly(ours.userid!, theirs.userid!) }),
    customFields: fc.uniqueArray(
      fc.oneof(
        value(text, [...HOSTILE_TEXTS]),
        value(number, [7, 0.1, -3e9, '7', 1e21, -1e-7]),
        value(date, ['2026-01-31', '2015-09-01T00:00:00.0000', '0001-01-01']),
        value(boolean, [true, false, 'true']),
        options(single, fc.constantFrom([one], [other], [])),
        options(multi, fc.subarray(several)),
        value(theirs.customFieldId![0], ['x']),
      ),
      { maxLength: 4, selector: (item) => (item as { id: string }).id },
    ),
    // A field that events must have would refuse every event after it.
    required: fc.constantFrom(false, null),
  };
}

/** The definition of a field with options where its type has some; a change leaves the type and the options. */
export function fittingField(body: unknown, isNew: boolean): object {
  const { type, options: _, ...more } = body as { type?: string; options?: unknown };
  if (!isNew) return more;
  const options = [{ label: 'One' }, { label: '<b>Two</b>' }];
  return { ...more, type, ...(/Select/.test(String(type)) ? { options } : {}) };
}

/** The step that an attendee is put at. */
export const ATTENDEE: Known = {
  status: fc.constantFrom('prospect', 'invited', 'registered', 'attended'),
};

/** Searches that ask anything of any field, and are taken for the most part. */
export function searches(ours: Ids, theirs: Ids): fc.Arbitrary<object> {
  const text = fc.oneof(texts(10_000), fc.constantFrom('', 'ours', 'Event 1 ours'));
  const moment = fc.constantFrom('2026-01-31', '2090-01-01T00:00:00.0000', { daysAgo: 7 }, { daysAgo: -3e4 });
  const values: Record<Field['kind'], fc.Arbitrary<unknown>> = {
    text,
    moment,
    number: fc.constantFrom(0, 1, -1e308, 5e-324, '12.50'),
    boolean: fc.boolean(),
    choices: fc.oneof(fc.constantFrom(...ours.eventOption!, ...theirs.eventOption!), texts(200)),
    place: fc.record({
      lat: fc.constantFrom(0, 50.5, -90, 90, 89.999),
      lon: fc.constantFrom(0, 10, -180, 180, 179.999),
      km: fc.constantFrom(1e-9, 1, 500, 20_040),
    }),
    words: text,
  };
  const condition = (kind: Field['kind']): fc.Arbitrary<object> => {
    const lists = OPERATORS[kind].filter((op) => op === 'ANY' || op === 'ALL');
    const [first, ...others] = OPERATORS[kind].filter((op) => op !== 'ANY' && op !== 'ALL');
    const leaf = fc.oneof(
      { weight: 8, arbitrary: fc.record({ op: fc.constantFrom(first, ...others), value: values[kind] }) },
      {
        weight: 2,
        arbitrary: fc.record({ op: fc.constantFrom(first, ...others), value: fc.constant(null) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ op: fc.constant(first), value: fc.constantFrom(...HOSTILE_VALUES) }),
      },
    );
    if (lists.length === 0) return leaf;
    const list = (of: fc.Arbitrary<unknown>) =>
      fc.record({ op: fc.constantFrom(...lists), value: fc.array(of, { maxLength: 3 }) });
    return fc.oneof({ weight: 4, arbitrary: leaf }, list(leaf), list(list(leaf)));
  };
  const asked = Object.entries(searchFields([])).flatMap(([name, field]) =>
    typeof field === 'function' ? [] : [fc.tuple(fc.constant(name), condition(field.kind))],
  );
  const kinds: Field['kind'][] = ['text', 'number', 'moment', 'boolean', 'choices', 'choices'];
  const custom = fc
    .uniqueArray(
      fc.oneof(
        ...kinds.map((kind, at) => fc.tuple(fc.constant(ours.customFieldId![at]!), condition(kind))),
        fc.tuple(fc.constantFrom(theirs.customFieldId![0]!, 'none'), condition('text')),
      ),
      { minLength: 1, maxLength: 2, selector: ([id]) => id },
    )
    .map((entries) => ['customFields', Object.fromEntries(entries)] as [string, object]);
  const query = fc
    .uniqueArray(fc.oneof({ weight: 3, arbitrary: fc.oneof(...asked) }, custom), {
      maxLength: 3,
      selector: ([name]) => name,
    })
    .map((entries) => Object.fromEntries(entries));
  return some({
    data: fc.oneof({ weight: 9, arbitrary: fc.array(query, { maxLength: 3 }) }, fc.constant(null)),
    limit: fc.constantFrom(0, 1, 20, 200, null),
    skip: fc.constantFrom(0, 1, 10_000, 2_147_483_647, null),
    sortDir: fc.constantFrom('ASC', 'DESC', null),
    sortFieldId: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...Object.keys(SORT_KEYS)) },
      fc.constantFrom('__proto__', 'metrics', null),
    ),
  });
}

/** What people, and programs, type into the public pages. */
export function forms(ours: Ids, theirs: Ids): fc.Arbitrary<object> {
  const [question, choice] = ours.question!;
  const optional = some({
    phone: fc.constantFrom('', '+49 (0) 30 / 123', '030 1234', 'call me'),
    website: fc.constantFrom('', '', '', 'https://spam.example'),
    undo: fc.constantFrom('yes', ''),
    [`q.${question}`]: texts(10_000),
    [`q.${choice}.0`]: fc.constantFrom(...ours.questionOption!, 'Second ours', 'none of them'),
    [`q.${theirs.question![0]}`]: texts(200),
    'q.__proto__': texts(200),
  });
  const typed = fc.record({
    name: fc.oneof(
      { weight: 5, arbitrary: texts(200) },
      fc.constantFrom('Ada Lovelace', ' ', 'x'.repeat(201)),
    ),
    email: fc.oneof(
      { weight: 3, arbitrary: fc.emailAddress().filter(({ length }) => length < 200) },
      { weight: 3, arbitrary: fc.constantFrom('visitor@ours.example', 'Contact1@OURS.example') },
      fc.constantFrom('', 'no email', ...HOSTILE_TEXTS),
    ),
    consent: fc.oneof({ weight: 8, arbitrary: fc.constant('yes') }, fc.constant('')),
    contact: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...ours.visitor!) },
      fc.constantFrom(...ours.contactid!, ...theirs.contactid!, ...theirs.visitor!),
    ),
  });
  return fc.tuple(typed, optional).map(([said, more]) => ({ ...said, ...more }));
}
