// The program of a worker: what cluster starts for each of HEADWATER_WORKERS.

// Ctrl-C and some service managers tell every process of the group to stop; here, only the first process does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// The first process has ended, however that came about.
process.on('disconnect', () => process.exit(1));

const { serveAsWorker } = await import('./serve-as-worker.ts');
serveAsWorker();
