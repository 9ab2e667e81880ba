export const INTERRUPTED = 130;

/** Runs `work` with a signal that Ctrl-C and its like give; what `work` then rejects with is that it was interrupted. */
export async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<number> {
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupted.abort());
  try {
    await work(interrupted.signal);
    return 0;
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    process.stderr.write('Interrupted; nothing was left behind.\n');
    return INTERRUPTED;
  }
}
