import type { Endpoint } from '../../../platform/http/endpoint.ts';
import { doorRoutes } from './door-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';

/** What the staff at the door and the registrants open: the list, and the tickets. */
export const checkInRoutes = (
  options: Parameters<typeof doorRoutes>[0] & Parameters<typeof ticketRoutes>[0],
): Endpoint[] => [...doorRoutes(options), ...ticketRoutes(options)];
