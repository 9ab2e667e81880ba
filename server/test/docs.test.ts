import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../src/config.ts';
import { describedApp } from './app-routes.ts';

const file = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
const rowsOf = (page: string): string[][] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, -1))
    .map((row) => row.map((cell) => cell.trim()));
const quoted = (cell: string | undefined) => /^`([^`]*)`$/.exec(cell ?? '')?.[1];

describe('docs/settings.md', () => {
  it('has every setting, and no other, with its default', async () => {
    const documented = rowsOf(await file('docs/settings.md')).flatMap(([name, value]) =>
      quoted(name) ? [[quoted(name)!, quoted(value) ?? '']] : [],
    );
    const settings = Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]);
    expect(documented).toEqual(settings);
  });
});

describe('docs/errors.md', () => {
  it('has every status that a route can answer an error with', async () => {
    const { routes } = await describedApp();
    // The last are answered before any route is asked, or for all of them.
    const shared = [401, 404, 413, 415, 429, 500, 503, 504];
    const declared = routes.flatMap(({ responses }) => Object.keys(responses).map(Number));
    const statuses = new Set([...declared, ...shared].filter((status) => status >= 400));
    const documented = rowsOf(await file('docs/errors.md')).flatMap(
      ([first]) => /^\d{3}$/.exec(first!) ?? [],
    );
    expect([...statuses].filter((status) => !documented.includes(String(status)))).toEqual([]);
    expect(documented, 'each once').toHaveLength(new Set(documented).size);
  });
});

describe('the ways to run it', () => {
  // Of the base images and of the runtime, no settings of ours.
  const others = new Set(['NODE_ENV', 'NODE_OPTIONS', 'PATH', 'TZ', 'HOME']);
  const isKnown = (name: string) => name in SETTINGS || others.has(name);

  it('Dockerfile sets only what is a setting', async () => {
    const text = (await file('Dockerfile')).replaceAll(/\\\n/g, ' ');
    const names = [...text.matchAll(/^ENV\s+(.+)$/gm)].flatMap(([, rest]) =>
      rest!.includes('=')
        ? [...rest!.matchAll(/(?:^|\s)(\w+)=/g)].map(([, name]) => name!)
        : [rest!.split(/\s/)[0]!],
    );
    expect(names.filter((name) => !isKnown(name))).toEqual([]);
    expect(mentioned(text)).toEqual([]);
  });

  it('compose.yaml sets only what is a setting', async () => {
    const text = await file('compose.yaml');
    const { services } = parse(text) as { services: Record<string, Service> };
    const ours = Object.values(services).filter(({ build, image }) => build || /headwater/.test(image ?? ''));
    expect(ours.length).toBeGreaterThan(0);
    const names = ours.flatMap(({ environment = {} }) =>
      Array.isArray(environment) ? environment.map((line) => line.split('=')[0]!) : Object.keys(environment),
    );
    expect(names.filter((name) => !isKnown(name))).toEqual([]);
    expect(mentioned(text)).toEqual([]);
  });

  it.each(['README.md', 'docs/operations.md', 'docs/wire-rulings.md', 'docs/errors.md'])(
    '%s names no setting that is none',
    async (name) => {
      expect(mentioned(await file(name))).toEqual([]);
    },
  );

  interface Service {
    build?: unknown;
    image?: string;
    environment?: string[] | Record<string, unknown>;
  }

  /** What looks like a setting of ours and is none. */
  const mentioned = (text: string) =>
    [...new Set(text.match(/\bHEADWATER_[A-Z_]+[A-Z]\b/g) ?? [])].filter((name) => !(name in SETTINGS));
});
