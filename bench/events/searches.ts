import type { SearchRequest } from '../../server/src/events/search-events.ts';
import type { BenchCompany } from './company.ts';

const is = (op: string, value: unknown) => ({ op, value });
const eq = (value: unknown) => is('EQ', value);
const prefix = (value: string) => is('PREFIX', value);
const anyOf = (...values: unknown[]) => is('ANY', values.map(eq));
const between = (from: unknown, before: unknown) => is('ALL', [is('GTE', from), is('LT', before)]);
const within = (km: number) => is('WITHIN', { lat: 52.5, lon: 13.4, km });

/** What clients usually ask, by what the table calls it. */
export function searches(
  { owners, fields, options }: BenchCompany,
  words: readonly string[],
): Record<string, SearchRequest> {
  const where = (conditions: object): SearchRequest => ({ data: [conditions] });
  const custom = (type: keyof BenchCompany['fields'], condition: object) =>
    where({ customFields: { [fields[type]]: condition } });
  const says = (text: string) => where({ FULL_TEXT_PREFIX: is('FULL_TEXT_PREFIX', text) });
  const sorted = (sortFieldId: string, sortDir: 'ASC' | 'DESC') => ({ sortFieldId, sortDir });
  const single = options.find((option) => option.startsWith('singleSelect'))!;
  const multiple = options.filter((option) => option.startsWith('multiSelect')).slice(0, 2);
  const month = between({ daysAgo: 30 }, { daysAgo: 0 });

  return {
    'no filter': {},
    'type EQ': where({ type: eq('meetup') }),
    'type ANY of two': where({ type: anyOf('meetup', 'webinar') }),
    'type EQ, start in a month': where({ type: eq('meetup'), 'start/timestamp': month }),
    'type ANY of two, start in a month': where({
      type: anyOf('meetup', 'webinar'),
      'start/timestamp': month,
    }),
    'type EQ, start GT 30 days ago': where({
      type: eq('meetup'),
      'start/timestamp': is('GT', { daysAgo: 30 }),
    }),
    'start GT 30 days ago': where({ 'start/timestamp': is('GT', { daysAgo: 30 }) }),
    'start GT 5 years ago': where({ 'start/timestamp': is('GT', { daysAgo: 1_826 }) }),
    'id EQ an unknown one': where({ id: eq(fields.text) }),
    'status EQ published': where({ status: eq('published') }),
    'status EQ draft': where({ status: eq('draft') }),
    'status NEQ draft': where({ status: is('NEQ', 'draft') }),
    'locationType EQ virtual': where({ locationType: eq('virtual') }),
    'city EQ': where({ 'location/city': eq('Berlin') }),
    'city PREFIX': where({ 'location/city': prefix('Be') }),
    'country EQ, a common one': where({ 'location/country': eq('United States') }),
    'country EQ, a rare one': where({ 'location/country': eq('Iceland') }),
    'postcode EQ': where({ 'location/postcode': eq('00140') }),
    'name PREFIX': where({ name: prefix('Careers') }),
    'owner ANY of two': where({ 'owner/id': anyOf(owners[0], owners[1]) }),
    'within 25 km': where({ 'location/geoPoint': within(25) }),
    'within 500 km': where({ 'location/geoPoint': within(500) }),
    'time zone EQ': where({ 'timezone/id': eq('Europe/Berlin') }),
    'words: a rare one': says(words.at(-2)!),
    'words: one of a tenth': says(words[100]!),
    'words: a common one': says('careers'),
    'words: two': says('campus engineering'),
    'words: "ca"': says('ca'),
    'words: "ca", type EQ': where({ ...says('ca').data![0]!, type: eq('meetup') }),
    'custom text EQ': custom('text', eq('Campaign 500')),
    'custom text PREFIX': custom('text', prefix('Campaign 5')),
    'custom number, a tenth': custom('number', between(100, 200)),
    'custom number, one half': custom('number', is('GTE', 500)),
    'custom date in a month': custom('date', month),
    'custom boolean EQ': custom('boolean', eq(true)),
    'custom singleSelect EQ': custom('singleSelect', eq(single)),
    'custom multiSelect ANY of two': custom('multiSelect', anyOf(...multiple)),
    'custom text EQ null': custom('text', eq(null)),
    deleted: where({ deletedAt: is('NEQ', null) }),
    'one of two queries': {
      data: [{ type: eq('meetup'), 'location/city': eq('Berlin') }, { 'location/city': eq('Paris') }],
    },
    'one of two queries, many': { data: [{ type: eq('meetup') }, { 'location/country': eq('Germany') }] },
    'sorted by name': sorted('name', 'ASC'),
    'sorted by createdAt DESC': sorted('createdAt', 'DESC'),
    'sorted by end': sorted('end/timestamp', 'ASC'),
    'sorted by end DESC': sorted('end/timestamp', 'DESC'),
    'sorted by city': sorted('location/city', 'ASC'),
    'sorted by city DESC': sorted('location/city', 'DESC'),
    'type EQ, sorted by name': { ...where({ type: eq('meetup') }), ...sorted('name', 'ASC') },
    'skip 5,000': { skip: 5_000 },
    'limit 200': { limit: 200 },
  };
}
