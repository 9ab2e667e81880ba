import type { IntegrationsInput } from '../identity/integrations.ts';
import type { Details } from './vacancy.ts';

/** What a client says of a stage; absent = as it is. */
export interface StageInput {
  id?: string | null;
  name?: string | null;
  value?: string | null;
  group?: string | null;
  order?: number | null;
  locked?: boolean | null;
  integrations?: IntegrationsInput | null;
}

type Nullable<T> = { [K in keyof T]?: T[K] | null };

/** What a client says of a vacancy: absent = as it is, null = cleared. */
export interface VacancyInput extends Nullable<Details> {
  title?: string;
  createdAt?: string | null;
  updated_at?: string | null;
  integrations?: IntegrationsInput | null;
  stages?: StageInput[] | null;
}
