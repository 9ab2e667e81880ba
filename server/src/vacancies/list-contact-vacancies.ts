import { allows } from '../identity/permissions.ts';
import { query } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { type ContactVacancyRow, listVacanciesOf } from './contact-vacancy-store.ts';
import { standingWire } from './standing.ts';
import { standingOf } from './standing-store.ts';
import { stagesWire } from './vacancy.ts';

export interface ContactVacanciesRequest {
  contactid: string;
  skip: number;
  limit: number;
  queryString?: string;
}

/** The vacancies that a contact is on; none for roles that read no vacancies. */
export const listContactVacancies = query(
  'signed-in',
  async (ctx, { contactid, ...asked }: ContactVacanciesRequest) => {
    if (!isUuid(contactid)) throw notFound('contact');
    const found = await listVacanciesOf(ctx.sql, ctx.actor, contactid, {
      ...asked,
      queryString: asked.queryString,
    });
    if (!found) throw notFound('contact');
    if (!allows(ctx.actor.rights, 'vacancies.read')) return { metadata: { totalCount: 0 }, vacancies: [] };
    return { metadata: { totalCount: found.total }, vacancies: found.vacancies.map(wire) };
  },
);

function wire(row: ContactVacancyRow) {
  const { owner } = row.details;
  return {
    id: row.id,
    integrations: row.integrations,
    ...(owner ? { owner } : {}),
    shortPublicId: row.hash_id,
    stages: stagesWire(row.stages, row.counts),
    value: row.title,
    ...standingWire(row.stages, standingOf(row)),
  };
}
