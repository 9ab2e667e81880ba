import type { AfterAccepting } from '../identity/accept-invitation.ts';
import { confirmCustomer } from './customer-store.ts';

/** Whoever chose a password is a confirmed customer, if one at all. */
export const confirmInvited: AfterAccepting = confirmCustomer;
