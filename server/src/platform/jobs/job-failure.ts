/** What a handler throws to say why in its own words. They are kept and shown: no personal data in them. */
export class JobFailure extends Error {
  /** Trying again would change nothing. */
  readonly final: boolean;
  constructor(reason: string, { final = false }: { final?: boolean } = {}) {
    super(reason);
    this.final = final;
  }
}

/** An error as it may be kept. Of one that no handler put into words only the kind: its message can quote a person. */
export function reasonOf(error: unknown): string {
  if (error instanceof JobFailure) return error.message;
  const { code } = error as { code?: unknown };
  const kind = error instanceof Error ? error.constructor.name : 'Error';
  return typeof code === 'string' ? `${kind} ${code}` : kind;
}
