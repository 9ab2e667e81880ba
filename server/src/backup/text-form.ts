import type pg from 'pg';

const SETTINGS = {
  // How values are written as text, whatever the role or the database prefers.
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  client_encoding: 'UTF8',
  // A table is read from its beginning.
  synchronize_seqscans: 'off',
  // Rows that a policy hides are a mistake, not fewer rows.
  row_security: 'off',
  // It takes as long as it takes.
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  transaction_timeout: '0',
};

/** For the transaction: the same rows give the same bytes on every server, and no time limit ends it. */
export async function setTextForm(client: pg.ClientBase): Promise<void> {
  // Not every version has all of them.
  await client.query(
    `select set_config(w.name, w.value, true)
     from jsonb_each_text($1::jsonb) as w(name, value) join pg_settings s on lower(s.name) = w.name`,
    [JSON.stringify(SETTINGS)],
  );
}
