import { Agent } from 'node:http';
import { markdown } from '../markdown.ts';
import { percentile } from '../percentile.ts';
import { type Filled, fillContacts } from './fill-contacts.ts';
import type { House } from './house.ts';
import { inTurn } from './in-turn.ts';
import { answered, latencies } from './latencies.ts';

const FEW = 10_000;
const SMALL = 100;
const ASKED = 300;
const WARMING = 60;
/** What the median of a read may grow by, from few contacts to many. */
const GROWTH = 1.3;
const WORST = 5;
/** Readers of the large company at the same time. */
const WALKERS = 4;

/** Whether reads stay what they are while a company grows, and whether a large company slows a small one. */
export async function benchFlat(
  house: House,
  { rows, say }: { rows: number; say: (line: string) => void },
): Promise<string[]> {
  const client = await house.connect();
  try {
    say(`Making ${FEW.toLocaleString('en')} contacts…`);
    const few = await medians(house, await fillContacts(house, client, FEW));
    say(`Making ${rows.toLocaleString('en')} contacts…`);
    const filled = await fillContacts(house, client, rows);
    const many = await medians(house, filled);
    say('A small company beside it…');
    return [
      ...growthTable(few, many, rows),
      '',
      ...pagesTable(await pages(house, filled)),
      '',
      ...(await neighbours(house, client)),
    ];
  } finally {
    await client.end();
  }
}

const cursor = (moment: string) =>
  `/v1/contacts?limit=200&sort_field=createdAt&created_at_op=gte&created_at=${moment}`;

async function medianOf(who: { url: string; token: string }, path: () => string): Promise<number> {
  await latencies(who, path, WARMING);
  return percentile(await latencies(who, path, ASKED), 0.5);
}

/** The median of each read, in milliseconds. */
async function medians(house: House, { ids, emails, moments }: Filled): Promise<Record<string, number>> {
  const [id, email, moment] = [inTurn(ids), inTurn(emails), inTurn(moments)];
  const reads: Record<string, () => string> = {
    'contact by id': () => `/v1/contact/${id()}`,
    'contact by email': () => `/v1/contacts?email=${encodeURIComponent(email())}`,
    'page of 200 by created date': () => cursor(moment()),
    'page of 20 by offset': () => '/v1/contacts?limit=20&offset=100',
  };
  const found: Record<string, number> = {};
  for (const [name, path] of Object.entries(reads)) found[name] = await medianOf(house, path);
  return found;
}

function growthTable(few: Record<string, number>, many: Record<string, number>, rows: number): string[] {
  const head = ['read, median ms', 'of 10,000', `of ${rows.toLocaleString('en')}`, 'growth', 'goal'];
  const lines = Object.entries(few).map(([name, before]) => [
    name,
    before.toFixed(2),
    many[name]!.toFixed(2),
    `${(many[name]! / before).toFixed(2)}×`,
    `< ${GROWTH}×`,
  ]);
  return markdown(head, lines, { right: [1, 2, 3, 4] });
}

async function pages(house: House, { moments }: Filled): Promise<Record<string, number>> {
  const sorted = moments.toSorted();
  const at = (part: number) => () => cursor(sorted[Math.floor(sorted.length * part)]!);
  const offset = (from: number) => () => `/v1/contacts?limit=200&offset=${from}`;
  return {
    'first page by cursor': await medianOf(house, at(0)),
    'a page in the middle, by cursor': await medianOf(house, at(0.5)),
    'the deepest full count, by cursor': await medianOf(house, at(0.98)),
    'first page by offset': await medianOf(house, offset(0)),
    'the last page that offsets reach': await medianOf(house, offset(9_800)),
  };
}

function pagesTable(found: Record<string, number>): string[] {
  const first = found['first page by cursor']!;
  const lines = Object.entries(found).map(([name, median]) => [
    name,
    median.toFixed(2),
    `${(median / first).toFixed(2)}×`,
    name.includes('offsets') ? `< ${WORST}×` : '',
  ]);
  return markdown(['page of 200', 'median ms', 'to the first', 'goal'], lines, { right: [1, 2, 3] });
}

/** A company of a hundred contacts, by itself and while others read all of the large one's. */
async function neighbours(house: House, client: Awaited<ReturnType<House['connect']>>): Promise<string[]> {
  const { companyId, token } = await house.company('small');
  const small = { ...house, companyId, token };
  const { ids } = await fillContacts(small, client, SMALL);
  const id = inTurn(ids);
  const reads: [string, () => string][] = [
    ['contact by id', () => `/v1/contact/${id()}`],
    ['page of 20', () => '/v1/contacts?limit=20'],
  ];
  const lines: string[][] = [];
  for (const [name, path] of reads) {
    await latencies(small, path, WARMING);
    const alone = await latencies(small, path, ASKED);
    const walking = startWalks(house);
    const beside = await latencies(small, path, ASKED);
    const pagesRead = await walking.stop();
    lines.push([
      name,
      ...[percentile(alone, 0.5), percentile(alone, 0.99)].map((ms) => ms.toFixed(2)),
      ...[percentile(beside, 0.5), percentile(beside, 0.99)].map((ms) => ms.toFixed(2)),
      String(pagesRead),
    ]);
  }
  const head = ['of a company of 100', 'p50 alone', 'p99 alone', 'p50 beside', 'p99 beside', 'pages walked'];
  return markdown(head, lines, { right: [1, 2, 3, 4, 5] });
}

/** Walks all contacts of a company by the created-date cursor, again and again, until it is stopped. */
function startWalks({ url, token }: House): { stop(): Promise<number> } {
  const agent = new Agent({ keepAlive: true });
  let going = true;
  let read = 0;
  const walk = async () => {
    let from = '1970-01-01T00:00:00.000Z';
    while (going) {
      const { contacts } = JSON.parse((await answered(agent, url + cursor(from), token)).toString());
      read++;
      const last = contacts.at(-1)?.createdTime;
      from = contacts.length < 200 || last === from ? '1970-01-01T00:00:00.000Z' : last;
    }
  };
  const walks = Promise.all(Array.from({ length: WALKERS }, walk));
  return {
    async stop() {
      going = false;
      await walks;
      agent.destroy();
      return read;
    },
  };
}
