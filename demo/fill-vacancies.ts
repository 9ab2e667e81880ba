import { find, type Reply, type Request } from './api.ts';
import { everyPage } from './every-page.ts';
import type { Filling } from './filling.ts';
import { type Opening, openings } from './openings.ts';
import { externalId, PARTNER, vacancyBody } from './vacancies.ts';

/** An opening as the company has it. */
export interface Vacancy {
  opening: Opening;
  hashId: string;
  /** By their values. */
  stageIds: Map<string, string>;
  /** The ids of the contacts that are on it already. */
  there: Set<string>;
}

/** The demo's vacancies, found by their external ids; makes those that are not there. */
export async function fillVacancies({ request, each, made }: Filling): Promise<Vacancy[]> {
  return each('vacancies', openings(), async (opening) => {
    const known = await find(request, `/v1/vacancy/external/${PARTNER}/${externalId(opening)}`);
    const { hash_id, stages }: Reply['body'] =
      known ?? (await request('POST', '/v1/vacancy', vacancyBody(opening))).body;
    if (!known) made.vacancies++;
    return {
      opening,
      hashId: hash_id,
      stageIds: new Map(stages.map(({ id, value }: { id: string; value: string }) => [value, id])),
      there: known ? await contactIdsOn(request, known.hash_id) : new Set(),
    };
  });
}

async function contactIdsOn(request: Request, hashId: string): Promise<Set<string>> {
  const contacts = await everyPage(request, `/v1/vacancy/${hashId}/contacts`, {
    property: 'contacts',
    from: 'skip',
  });
  return new Set(contacts.map(({ id }) => id));
}
