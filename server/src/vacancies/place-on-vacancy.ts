import { requireContact } from '../contacts/address.ts';
import type { Contact } from '../contacts/contact.ts';
import type { StandingInput } from '../contacts/contact-input.ts';
import { MOST } from '../contacts/contact-limits.ts';
import { storeChange } from '../contacts/write-contact.ts';
import { allows } from '../identity/permissions.ts';
import { type Ctx, recordCommand } from '../identity/verbs.ts';
import { notFound, Problem } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { holdPipelines, type NamedPipeline } from './pipeline-store.ts';
import {
  changedStanding,
  entryOf,
  removal,
  requireUnlocked,
  type Standing,
  standingWire,
} from './standing.ts';
import { pastsOf, storeStandings } from './standing-store.ts';

export interface ContactOnVacancy {
  vacancyid: string;
  contactid: string;
}

/** Puts a contact on a vacancy, moves, rejects or reinstates it there; the same again changes nothing. */
export const placeOnVacancy = recordCommand(
  'vacancies.write',
  async (ctx, { ref, input }: { ref: ContactOnVacancy; input: StandingInput }, permit) => {
    const { contact, vacancy, past } = await held(ctx, ref);
    const { standing } = past;
    permit(true);
    const after = changedStanding(vacancy, past, input, '');
    requireUnlocked(vacancy, after.moves);
    const answer = contactWire(contact, vacancy, after.standing);
    if (after.moves.length === 0 && standing?.priority === after.standing.priority) return answer;
    const entry = entryOf(vacancy, after.standing);
    const vacancies = standing
      ? contact.vacancies.map((known) => (known.id === entry.id ? entry : known))
      : [...contact.vacancies, entry];
    if (vacancies.length > MOST.vacancies)
      throw new Problem(400, `a contact is on at most ${MOST.vacancies} vacancies`);
    await storeChange(ctx, contact, { ...contact, vacancies }, ['vacancies'], {
      stores: [
        () =>
          storeStandings(ctx.sql, ctx.actor, contact.id, {
            standings: [[vacancy.id, after.standing]],
            left: [],
            moves: after.moves.map((move) => [vacancy.id, move]),
          }),
      ],
    });
    return answer;
  },
);

/** Takes a contact off a vacancy; a 404 where it is not on it, a 409 from a locked stage. */
export const takeOffVacancy = recordCommand('vacancies.write', async (ctx, ref: ContactOnVacancy, permit) => {
  const { contact, vacancy, past } = await held(ctx, ref);
  permit(true);
  if (!past.standing) throw notFound('contact on this vacancy');
  const move = removal(vacancy, past.standing, past.last);
  requireUnlocked(vacancy, [move]);
  const vacancies = contact.vacancies.filter(({ id }) => id !== vacancy.id);
  await storeChange(ctx, contact, { ...contact, vacancies }, ['vacancies'], {
    stores: [
      () =>
        storeStandings(ctx.sql, ctx.actor, contact.id, {
          standings: [],
          left: [vacancy.id],
          moves: [[vacancy.id, move]],
        }),
    ],
  });
});

/** A contact as the lists of a vacancy show it. */
export function contactWire(
  contact: Pick<Contact, 'id' | 'fullName' | 'primaryEmail'>,
  { stages }: Pick<NamedPipeline, 'stages'>,
  standing: Standing,
) {
  return {
    id: contact.id,
    ...(contact.fullName ? { fullName: contact.fullName } : {}),
    ...(contact.primaryEmail ? { primaryEmail: contact.primaryEmail } : {}),
    ...standingWire(stages, standing),
  };
}

/** Both, held until the transaction ends: the contact first, as whoever changes it does. */
async function held(ctx: Ctx, { vacancyid, contactid }: ContactOnVacancy) {
  const { companyId, rights } = ctx.actor;
  if (!allows(rights, 'vacancies.read')) throw notFound('vacancy');
  const ids = isUuid(vacancyid) ? [vacancyid] : [];
  const [contact, [vacancy]] = await Promise.all([
    requireContact(ctx, { contactid }).then(
      (found) => found.contact,
      (error: unknown) => {
        if (error instanceof Problem) return error;
        throw error;
      },
    ),
    holdPipelines(ctx.sql, companyId, { ids, hashIds: [vacancyid] }),
  ]);
  if (!vacancy) throw notFound('vacancy');
  if (contact instanceof Problem) throw contact;
  const past = (await pastsOf(ctx.sql, companyId, contact.id)).get(vacancy.id) ?? {};
  return { contact, vacancy, past };
}
