import { valueListRoutes } from '../../value-lists/http/value-list-routes.ts';
import { contactStatuses } from '../contact-statuses.ts';

export const statusRoutes = valueListRoutes(contactStatuses, {
  path: '/v1/statuses',
  parameter: 'statusid',
  plural: 'statuses',
  component: 'ContactStatus',
});
