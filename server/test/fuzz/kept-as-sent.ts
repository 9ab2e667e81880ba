import { parseMoment } from '../../src/platform/time.ts';
import type { Shape } from './arbitraries.ts';

/** Normalised in ways that their features' own tests hold to. */
const OWN_RULES = new Set([
  'confidentiality',
  'confidential',
  'createdTime',
  'password',
  'links',
  'phoneNumbers',
  'lists',
  'vacancies',
  'stage',
  'stages',
  'rejectionReason',
  'poolType',
  'steps',
  'start',
  'end',
  'timezone',
]);

/** Clearing them leaves what others of the contact or the field say instead, or what an update only adds to. */
const NEVER_BARE = new Set([
  'displayName',
  'emails',
  'primaryEmail',
  'primaryPhoneNumber',
  'globalTags',
  'integrations',
]);

/**
 * Where an answer does not hold what was sent: another type, or another text. Blanks around and within a text do not
 * count, a time may be written otherwise, and null may have become nothing.
 */
export function changes(schema: Shape, sent: unknown, got: unknown, path = ''): string[] {
  if (NEVER_BARE.has(path.split('.')[0]!) && isBlank(sent)) return [];
  if (sent === null || isBlank(sent))
    return isBlank(got) || empty(got) ? [] : [`${path}: was cleared, is ${show(got)}`];
  if (typeof sent === 'string') return sameText(sent, got) ? [] : [different(path, sent, got)];
  if (typeof sent !== 'object') return sent === got ? [] : [different(path, sent, got)];
  if (Array.isArray(sent)) return listChanges(schema, sent, got, path);
  if (typeof got !== 'object' || got === null) {
    return Object.values(sent).every(empty) ? [] : [different(path, sent, got)];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    if (!Object.hasOwn(sent, name) || inner.readOnly || OWN_RULES.has(name)) return [];
    // The parts of a name outweigh the whole.
    if (name === 'fullName' && ['firstName', 'middleNames', 'lastName'].some((part) => part in sent))
      return [];
    const there = (got as Record<string, unknown>)[name];
    return changes(inner, (sent as Record<string, unknown>)[name], there, path ? `${path}.${name}` : name);
  });
}

function listChanges(schema: Shape, sent: unknown[], got: unknown, path: string): string[] {
  if (!Array.isArray(got)) return [different(path, sent, got)];
  if (sent.every((item) => typeof item === 'string')) {
    // Repetitions go, and an update may have found others there.
    const kept = new Set(got.map((item) => tidy(String(item)).toLowerCase()));
    const lost = sent.filter((item) => tidy(item) !== '' && !kept.has(tidy(item).toLowerCase()));
    return lost.map((item) => `${path}: lost ${show(item)}, has ${show(got)}`);
  }
  const named = (item: unknown, key: string) => (item as Record<string, unknown>)?.[key];
  return sent.flatMap((item, index) => {
    const at = `${path}[${index}]`;
    const inner = schema.items ?? {};
    if (path === 'globalTags') {
      const found = got.some(
        (tag) =>
          named(tag, 'id') === named(item, 'id') ||
          sameText(String(named(item, 'value')), named(tag, 'value')),
      );
      return found ? [] : [`${at}: lost ${show(item)}`];
    }
    if (path === 'customFields') {
      const entry = got.find((one) => named(one, 'id') === named(item, 'id'));
      // Of events, which answer every value but an option as text.
      const options = named(entry, 'optionIds') as { id: string }[] | undefined;
      if (options) return optionChanges(item as Chosen, options, named(entry, 'value'), at);
      const value = named(item, 'value');
      return value === null || value === undefined
        ? []
        : changes({}, value, named(entry, 'value'), `${at}.value`);
    }
    const { id: _id, ...properties } = inner.properties ?? {};
    return changes({ ...inner, properties }, item, got[index], at);
  });
}

interface Chosen {
  value?: string | number | boolean | null;
  optionIds?: { id: string }[];
}

function optionChanges(
  { value, optionIds = [] }: Chosen,
  options: { id: string }[],
  got: unknown,
  at: string,
) {
  const lost = optionIds.filter(({ id }) => !options.some((option) => option.id === id));
  return [
    ...lost.map((option) => `${at}.optionIds: lost ${show(option)}`),
    ...(value === undefined || value === null ? [] : changes({}, String(value), got, `${at}.value`)),
  ];
}

function sameText(sent: string, got: unknown): boolean {
  if (typeof got !== 'string') return false;
  if (tidy(sent).toLowerCase() === tidy(got).toLowerCase())
    return tidy(sent) === tidy(got) || /@|^[\w-]{36}$/.test(sent);
  const moment = parseMoment(sent);
  return moment !== undefined && moment === parseMoment(got);
}

const isBlank = (value: unknown) => (value ?? '') === '' || (typeof value === 'string' && tidy(value) === '');
const tidy = (text: string) => text.trim().replace(/\s+/g, ' ');
const show = (value: unknown) => JSON.stringify(value)?.slice(0, 200);
const different = (path: string, sent: unknown, got: unknown) =>
  `${path}: sent ${show(sent)}, got ${show(got)}`;

function empty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  return typeof value === 'object' && Object.values(value).every(empty);
}
