import type pg from 'pg';

export interface Described {
  /** Type OIDs. */
  parameters: number[];
  columns: { name: string; type: number /** 0 = computed. */; table: number; attribute: number }[];
}

interface Field {
  name: string;
  dataTypeID: number;
  tableID: number;
  columnID: number;
}

/** What pg gives a query of one's own: the messages of the extended protocol, without a look at any row. */
interface Wire {
  parse(query: { name: string; text: string }, more: boolean): void;
  describe(what: { type: 'S'; name: string }, more: boolean): void;
  sync(): void;
  once(message: 'parameterDescription', heard: (message: { dataTypeIDs: number[] }) => void): void;
}

/** Has PostgreSQL parse and describe a statement; it runs nothing. */
export function describeStatement(client: pg.Client, text: string): Promise<Described> {
  return new Promise((resolve, reject) => {
    const described: Described = { parameters: [], columns: [] };
    const query = {
      submit(wire: Wire) {
        wire.once('parameterDescription', ({ dataTypeIDs }) => {
          described.parameters = dataTypeIDs;
        });
        wire.parse({ name: '', text }, true);
        wire.describe({ type: 'S', name: '' }, true);
        wire.sync();
      },
      handleRowDescription({ fields }: { fields: Field[] }) {
        described.columns = fields.map(({ name, dataTypeID, tableID, columnID }) => ({
          name,
          type: dataTypeID,
          table: tableID,
          attribute: columnID,
        }));
      },
      handleError: reject,
      handleReadyForQuery: () => resolve(described),
    };
    client.query(query as unknown as pg.Submittable);
  });
}
