import type { BeforeContactGoes } from '../contacts/placements.ts';
import { forgetStandings } from './standing-store.ts';

/** A deleted contact is on no vacancy and in no history any more. */
export const leaveVacancies: BeforeContactGoes = (sql, companyId, contactId) =>
  forgetStandings(sql, companyId, contactId);
