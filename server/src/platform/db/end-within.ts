import type pg from 'pg';

/** Ends a connection once what it was sent is answered; after `patience` milliseconds, whether it is or not. */
export async function endWithin(client: pg.ClientBase, patience: number): Promise<void> {
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
  const cut = setTimeout(() => stream.destroy(), patience);
  await (client as pg.Client).end().catch(() => {});
  clearTimeout(cut);
}
