import type { VacancyEntry } from '../contacts/contact.ts';
import type { StandingInput } from '../contacts/contact-input.ts';
import { conflict, invalid } from '../platform/problem.ts';
import { changedRejection, type Rejection, sameRejection } from './rejection.ts';
import { dateOf, later, nowAfter } from './standing-dates.ts';
import type { Stage } from './vacancy.ts';

/** Where a contact is on a vacancy. */
export interface Standing {
  stageId: string;
  /** Since when it is on that stage, and on the vacancy. */
  stageAt: string;
  addedAt: string;
  priority?: string;
  rejection?: Rejection;
}

/** What was of a contact on a vacancy: where it is, if it is on it, and when something last happened to it there. */
export interface Past {
  standing?: Standing | undefined;
  last?: string | undefined;
}

export type MoveKind = 'added' | 'moved' | 'rejected' | 'reinstated' | 'removed';

/** One entry of a vacancy's history. */
export interface Move {
  kind: MoveKind;
  at: string;
  from?: Pick<Stage, 'id' | 'value'> | undefined;
  to?: Pick<Stage, 'id' | 'value'> | undefined;
  rejection?: Pick<Rejection, 'id' | 'value'> | undefined;
}

/** What of a vacancy a standing depends on. */
export interface Pipeline {
  id: string;
  title: string;
  stages: Stage[];
}

/**
 * A standing after the input, with the moves that lead to it; none = nothing of it is a move. Where it has no standing
 * the contact comes to the vacancy. No move is dated before the one that led to where it is, or away; what has no date
 * happens after all that happened before. `path`: where the input is, for messages. Throws a 400 for an unknown stage
 * or a time that cannot be; `requireUnlocked` says whether the stage lets it go.
 */
export function changedStanding(
  { stages }: Pipeline,
  { standing: before, last }: Past,
  input: StandingInput,
  path: string,
): { standing: Standing; moves: Move[] } {
  const now = nowAfter(last);
  const since = before ? before.stageAt : last;
  const stage = wantedStage(stages, before, input, path);
  const moves: Move[] = [];
  const standing: Standing = before ? { ...before } : { stageId: stage.id, stageAt: now, addedAt: now };

  if (!before || before.stageId !== stage.id) {
    const at = dateOf(input.stage?.date, since, `${path}stage.date`) ?? now;
    const from = before && stages.find(({ id }) => id === before.stageId);
    Object.assign(standing, { stageId: stage.id, stageAt: at }, before ? {} : { addedAt: at });
    moves.push({ kind: before ? 'moved' : 'added', at, from: from && named(from), to: named(stage) });
  }

  if (input.priority !== undefined) {
    if (input.priority) standing.priority = input.priority;
    else delete standing.priority;
  }

  const moved = moves[0]?.at;
  const known = before?.rejection;
  const rejection = changedRejection(
    known,
    input.rejectionReason,
    { since: moved ?? since, now: later(now, moved) },
    `${path}rejectionReason`,
  );
  if (rejection && !sameRejection(known, rejection)) {
    standing.rejection = rejection;
    // Its words alone may have changed: that happens now, whenever it was that the contact was rejected.
    const at = rejection.date === known?.date ? later(now, moved) : rejection.date;
    moves.push({ kind: 'rejected', at, from: named(stage), rejection });
  } else if (known && !rejection) {
    delete standing.rejection;
    moves.push({ kind: 'reinstated', at: later(now, moved), to: named(stage) });
  }
  return { standing, moves };
}

/** The move that takes the contact off the vacancy. */
export function removal({ stages }: Pipeline, { stageId }: Standing, last: string | undefined): Move {
  const from = stages.find(({ id }) => id === stageId);
  return { kind: 'removed', at: nowAfter(last), from: from && named(from) };
}

/** A 409 where a move leads out of a locked stage. */
export function requireUnlocked({ stages }: Pipeline, moves: readonly Move[]): void {
  for (const { kind, from } of moves) {
    const stage = stages.find(({ id, locked }) => locked && id === from?.id);
    if (stage && (kind === 'moved' || kind === 'removed'))
      throw conflict(`the stage ${stage.id} (${stage.value}) is locked: no contact moves out of it`);
  }
}

/** What the contact itself says of the vacancy. */
export function entryOf({ id, title, stages }: Pipeline, { stageId, priority }: Standing): VacancyEntry {
  const stage = stages.find((known) => known.id === stageId)!;
  return { id, value: title, ...(priority ? { priority } : {}), stage: named(stage) };
}

/** A standing as the API answers it. */
export function standingWire(stages: Stage[], { stageId, stageAt, addedAt, priority, rejection }: Standing) {
  const { id, value, group, locked } = stages.find((known) => known.id === stageId)!;
  return {
    date: addedAt,
    ...(priority ? { priority } : {}),
    ...(rejection ? { rejectionReason: rejection } : {}),
    stage: { date: stageAt, ...(group ? { group } : {}), id, locked, value },
  };
}

export function named({ id, value }: Pick<Stage, 'id' | 'value'>): Pick<Stage, 'id' | 'value'> {
  return { id, value };
}

function wantedStage(
  stages: Stage[],
  before: Standing | undefined,
  input: StandingInput,
  path: string,
): Stage {
  const wanted = input.stage?.id ?? before?.stageId ?? stages[0]?.id;
  if (wanted === undefined) throw invalid(`${path}stage`, 'cannot be: the vacancy has no stages yet');
  const stage = stages.find(({ id }) => id === wanted);
  if (!stage) {
    const known = stages.map(({ id, value }) => `${id} (${value})`).join(', ');
    throw invalid(`${path}stage.id`, `must be the id of one of the vacancy's stages: ${known}`);
  }
  return stage;
}
