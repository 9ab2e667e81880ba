/** What a check found, and what to do where something is not right. */
export interface Finding {
  check: string;
  level: 'ok' | 'warn' | 'fail';
  message: string;
}

export const ok = (check: string, message: string): Finding => ({ check, level: 'ok', message });
export const warn = (check: string, message: string): Finding => ({ check, level: 'warn', message });
export const fail = (check: string, message: string): Finding => ({ check, level: 'fail', message });

/** The system's or the driver's own word for an error; the deepest cause says most. */
export function reasonOf(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: unknown };
  if (cause) return reasonOf(cause);
  return message || code || String(error);
}
