import { valueListRoutes } from '../../value-lists/http/value-list-routes.ts';
import { globalTags } from '../global-tags.ts';

export const tagRoutes = valueListRoutes(globalTags, {
  path: '/v1/globaltags',
  parameter: 'globaltagid',
  plural: 'globalTags',
  component: 'GlobalTag',
});
