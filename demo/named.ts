import type { Reply, Request } from './api.ts';
import { everyPage } from './every-page.ts';

/** A list of the API by the names in it; they are compared without regard to case, the first of one name counts. */
export async function byName(
  request: Request,
  list: string,
  property: string,
): Promise<{ get(name: string): Reply['body'] | undefined }> {
  const records = new Map<string, Reply['body']>();
  for (const record of (await everyPage(request, list, { property })).reverse())
    records.set(record.name.toLowerCase(), record);
  return { get: (name) => records.get(name.toLowerCase()) };
}

/** The ids of those in a list that have the names of `wanted`, by name; makes the missing by a POST to `path`. */
export async function idsByName(
  request: Request,
  { list, property, path }: { list: string; property: string; path: string },
  wanted: readonly { name: string }[],
): Promise<Map<string, string>> {
  const known = await byName(request, list, property);
  const ids = new Map<string, string>();
  for (const body of wanted)
    ids.set(body.name, (known.get(body.name) ?? (await request('POST', path, body)).body).id);
  return ids;
}
