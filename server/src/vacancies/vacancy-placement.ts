import type { VacancyEntry } from '../contacts/contact.ts';
import type { VacancyInput } from '../contacts/contact-input.ts';
import type { Placement } from '../contacts/placements.ts';
import { allows } from '../identity/permissions.ts';
import { forbidden, invalid } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { holdPipelines, type NamedPipeline } from './pipeline-store.ts';
import { changedStanding, entryOf, type Move, type Pipeline, removal, requireUnlocked } from './standing.ts';
import { pastsOf, type StandingChanges, storeStandings } from './standing-store.ts';

/**
 * The vacancies that a contact names: those it leaves out are left, new ones are come to, the others kept or moved. A
 * 403 where the actor's roles write no vacancies and something would change.
 */
export const vacancyPlacement: Placement<VacancyInput, VacancyEntry> = {
  async replace(ctx, contactId, before, given) {
    const { companyId } = ctx.actor;
    const [vacancies, pasts] = await Promise.all([
      holdPipelines(ctx.sql, companyId, {
        ids: [...before.map(({ id }) => id), ...given.map(({ id }) => id)].filter(isUuid),
        hashIds: given.map(({ id }) => id),
      }),
      pastsOf(ctx.sql, companyId, contactId),
    ]);
    const changes: StandingChanges = { standings: [], left: [], moves: [] };
    const entries = new Map<string, VacancyEntry>();
    const record = (vacancy: Pipeline, moves: Move[]) => {
      changes.moves.push(...moves.map((move): [string, Move] => [vacancy.id, move]));
    };
    given.forEach((input, index) => {
      const path = `vacancies[${index}].`;
      const vacancy = named(vacancies, input.id);
      const id = vacancy?.id ?? input.id.toLowerCase();
      const known = before.find((entry) => entry.id === id);
      if (entries.has(id)) throw invalid(`${path}id`, 'must not name one vacancy twice');
      if (!vacancy) {
        if (!known || !saysTheSame(input, known))
          throw invalid(
            `${path}id`,
            'must be the id or the hash_id of a vacancy; GET /v1/vacancies lists them',
          );
        // It was deleted, and the contact does not know yet: a job takes it out.
        entries.set(id, known);
        return;
      }
      const past = pasts.get(id) ?? {};
      const after = changedStanding(vacancy, past, input, path);
      const changed = after.moves.length > 0 || past.standing?.priority !== after.standing.priority;
      // What is spelt out of it may be older than the vacancy: that too is the job's.
      entries.set(id, !changed && known ? known : entryOf(vacancy, after.standing));
      if (changed) changes.standings.push([id, after.standing]);
      record(vacancy, after.moves);
    });
    for (const vacancy of vacancies) {
      const { standing, last } = pasts.get(vacancy.id) ?? {};
      if (!standing || entries.has(vacancy.id)) continue;
      changes.left.push(vacancy.id);
      record(vacancy, [removal(vacancy, standing, last)]);
    }
    const changed = changes.standings.length + changes.left.length > 0;
    if (changed && !allows(ctx.actor.rights, 'vacancies.write'))
      throw forbidden('vacancies: your roles do not include vacancies.write');
    for (const vacancy of vacancies) {
      const moves = changes.moves.filter(([id]) => id === vacancy.id).map(([, move]) => move);
      requireUnlocked(vacancy, moves);
    }
    return {
      entries: inOrder(before, entries),
      store: changed ? () => storeStandings(ctx.sql, ctx.actor, contactId, changes) : undefined,
    };
  },
};

function named(vacancies: NamedPipeline[], id: string): NamedPipeline | undefined {
  return vacancies.find((vacancy) => vacancy.id === id.toLowerCase() || vacancy.hashId === id);
}

function saysTheSame({ stage, priority, rejectionReason }: VacancyInput, known: VacancyEntry): boolean {
  return (
    (!stage || stage.id === known.stage.id) &&
    (priority === undefined || (priority || undefined) === known.priority) &&
    !rejectionReason
  );
}

/** Those that were there stay in their places; new ones follow. */
function inOrder(before: readonly VacancyEntry[], entries: Map<string, VacancyEntry>): VacancyEntry[] {
  const stayed = before.flatMap(({ id }) => entries.get(id) ?? []);
  const come = [...entries.values()].filter(({ id }) => !before.some((entry) => entry.id === id));
  return [...stayed, ...come];
}
