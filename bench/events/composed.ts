import type pg from 'pg';
import { type SearchRequest, searchEvents } from '../../server/src/events/search-events.ts';
import { nobody } from '../../server/src/identity/actor.ts';
import { send } from '../../server/src/platform/db/send.ts';
import { declaredStatements, type Sql, type Statement } from '../../server/src/platform/db/statement.ts';

export interface Sent {
  text: string;
  values: unknown[];
}

/** The statement that the server sends for a search: its page with the count. */
export async function composed(client: pg.Client, companyId: number, request: SearchRequest): Promise<Sent> {
  let sent: Sent | undefined;
  const listening = {
    run(statement: Statement, values: unknown[]) {
      if (declaredStatements.has(statement.name)) return send(client, statement, values);
      sent = { text: statement.text, values };
      return Promise.resolve([{ total: 0, event: null }]);
    },
  };
  const context = { actor: nobody(companyId), requestId: '', address: '', afterCommit: () => {} };
  await searchEvents.run({ ...context, sql: listening as unknown as Sql }, request);
  return sent!;
}
