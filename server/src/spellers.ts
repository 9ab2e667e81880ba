import { type Speller, spellEntries } from './contacts/spelling.ts';
import { spellPool } from './pools/spell-pool.ts';
import { spellVacancy } from './vacancies/spell-vacancy.ts';

/** Who knows what contacts spell out, each for its own kind of record. */
export const spellers: readonly Speller[] = [spellEntries, spellPool, spellVacancy];
