import type { FieldOption, FieldType } from '../../contacts/custom-fields/custom-field.ts';

/** The definition of a custom field of events. */
export interface EventField {
  id: string;
  name: string;
  type: FieldType;
  /** Empty for a field that is no select. */
  options: FieldOption[];
  required: boolean;
  /** A question of the registration page: then it is the visitor of whom it is required. */
  asked: boolean;
  createdAt: string;
  createdBy?: string;
  updatedAt: string;
  updatedBy?: string;
}

/** The definition as /v1 answers it. */
export function fieldWire({ asked, ...field }: EventField) {
  return { ...field, askedAtRegistration: asked };
}
