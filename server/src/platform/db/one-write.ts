import type pg from 'pg';

interface Stream {
  cork(): void;
  uncork(): void;
}
const gathering = new WeakSet<Stream>();

/**
 * What a connection is given in one turn of the event loop leaves in one write: the process on the other side is woken
 * once for it, which costs either side more than a short statement does.
 */
export function inOneWrite(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Stream } }).connection;
  if (gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  setImmediate(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}
