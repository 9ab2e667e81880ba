import type { BeforeContactGoes } from '../contacts/placements.ts';
import { leaveSteps } from './step-store.ts';

/**
 * A deleted contact stays in its pools, so that whoever saw it there finds it among the deleted; but it stands at none
 * of their steps.
 */
export const leavePools: BeforeContactGoes = leaveSteps;
