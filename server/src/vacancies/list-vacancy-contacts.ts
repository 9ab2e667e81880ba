import { allows } from '../identity/permissions.ts';
import { type Ctx, query } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isoMoment } from '../platform/time.ts';
import { isUuid, NIL_UUID } from '../platform/uuid.ts';
import { contactWire } from './place-on-vacancy.ts';
import { standingOf } from './standing-store.ts';
import {
  type ContactRow,
  listContactsOn,
  listMoves,
  type MoveRow,
  type VacancyName,
} from './vacancy-contact-store.ts';

interface Range {
  skip: number;
  limit: number;
}

/** The id of no contact: what cannot be an id is answered like one that never was. */
/** The contacts on a vacancy that the actor sees, those who came first before the others; of one stage, if asked. */
export const listVacancyContacts = query(
  'signed-in',
  async (ctx, { vacancyid, ...asked }: { vacancyid: string; stage?: string } & Range) => {
    const found = await listContactsOn(ctx.sql, ctx.actor, nameOf(ctx, vacancyid), {
      ...asked,
      stage: asked.stage,
    });
    if (!found) throw notFound('vacancy');
    const { stages, total, contacts } = found;
    return {
      contacts: contacts.map((row) => contactWire(person(row), { stages }, standingOf(row))),
      totalCount: total,
    };
  },
);

/** Every arrival, move, rejection and departure of the contacts that the actor sees, oldest first; of one, if asked. */
export const readVacancyHistory = query(
  'signed-in',
  async (ctx, { vacancyid, contactId, ...range }: { vacancyid: string; contactId?: string } & Range) => {
    const about = contactId === undefined || isUuid(contactId) ? contactId : NIL_UUID;
    const found = await listMoves(ctx.sql, ctx.actor, nameOf(ctx, vacancyid), { ...range, contactId: about });
    if (!found) throw notFound('vacancy');
    return { history: found.moves.map(moveWire), totalCount: found.total };
  },
);

function nameOf({ actor }: Ctx, vacancyid: string): VacancyName {
  if (!allows(actor.rights, 'vacancies.read')) throw notFound('vacancy');
  return { id: isUuid(vacancyid) ? vacancyid : undefined, hashId: vacancyid };
}

function person({ contact_id, full_name, primary_email }: ContactRow) {
  return {
    id: contact_id,
    ...(full_name === null ? {} : { fullName: full_name }),
    ...(primary_email === null ? {} : { primaryEmail: primary_email }),
  };
}

function moveWire(row: MoveRow) {
  const entry = (id: string | null, value: string | null) =>
    id === null ? undefined : { id, ...(value === null ? {} : { value }) };
  const from = entry(row.from_id, row.from_value);
  const to = entry(row.to_id, row.to_value);
  const rejectionReason = entry(row.rejection_id, row.rejection_value);
  return {
    id: row.id,
    kind: row.kind,
    date: isoMoment(row.at),
    contact: { id: row.contact_id, ...(row.full_name === null ? {} : { fullName: row.full_name }) },
    ...(row.actor_id === null ? {} : { actor: row.actor_id }),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(rejectionReason ? { rejectionReason } : {}),
  };
}
