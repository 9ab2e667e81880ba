import type { Reply, Request } from './api.ts';

const PAGE = 200;

/** All of a list; `property` is what the answer calls it, `from` the parameter that says where a page begins. */
export async function everyPage(
  request: Request,
  path: string,
  { property, from = 'offset' }: { property: string; from?: 'offset' | 'skip' },
): Promise<Reply['body'][]> {
  const all = [];
  for (;;) {
    const { body } = await request('GET', `${path}?limit=${PAGE}&${from}=${all.length}`);
    all.push(...body[property]);
    if (body[property].length < PAGE) return all;
  }
}
