/** Where a contact stands in a pool, as /v1 answers it. */
export function stepWire(id: string, value: string, addedToStepAt: string) {
  return { id, value, addedToStepAt };
}

/** A property `step`, left out where the contact stands at none. */
export function withStep({
  step_id,
  step_name,
  step_at,
}: {
  step_id: string | null;
  step_name: string | null;
  step_at: string | null;
}) {
  return step_id === null ? {} : { step: stepWire(step_id, step_name!, step_at!) };
}
