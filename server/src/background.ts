import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { pruneWalks } from './contacts/drop-walks.ts';
import { recomposeContacts } from './contacts/recompose-contacts.ts';
import { RECOMPOSE_TOPIC, type Recompose } from './contacts/recompose-topic.ts';
import { pruneAttempts } from './identity/sign-in-attempts.ts';
import type { Database } from './platform/db/database.ts';
import type { Sql } from './platform/db/statement.ts';
import { FILE_REMOVAL_TOPIC, removesFrom } from './platform/files/file-removal.ts';
import type { Files } from './platform/files/files.ts';
import { pruneDemand } from './platform/http/demand-store.ts';
import { type Handlers, startWorker, type Timing, type Worker } from './platform/jobs/worker.ts';
import { MAIL_TOPIC, type Mail } from './platform/mail/mail.ts';
import { openMailer } from './platform/mail/mailer.ts';
import { pruneUseCounts } from './platform/use-counts.ts';
import { spellers } from './spellers.ts';

/**
 * The work behind the requests: which topic of the outbox is whose, and what is forgotten with time. Without SMTP no
 * one takes the mails; they wait, readable at GET /v1/mail, for a start that has it.
 */
export function startBackground(options: {
  config: Pick<Config, 'smtpUrl' | 'publicUrl'>;
  database: Database;
  /** Without them no one takes their removals. */
  files?: Files | undefined;
  log: Logger;
  timing?: Partial<Timing> | undefined;
}): Worker {
  const { config, database, files, log, timing } = options;
  const { smtpUrl, publicUrl } = config;
  const mailer = smtpUrl ? openMailer({ smtpUrl, publicUrl }) : undefined;
  const handlers: Handlers = {
    [RECOMPOSE_TOPIC]: async ({ companyId, payload }) => {
      await recomposeContacts(database, spellers, companyId, (payload as Recompose).ref);
    },
    ...(files ? { [FILE_REMOVAL_TOPIC]: removesFrom(files) } : {}),
    ...(mailer ? { [MAIL_TOPIC]: ({ id, payload }) => mailer.send(id, payload as Mail) } : {}),
  };
  const prune = async (sql: Sql) => {
    await Promise.all([pruneAttempts(sql), pruneUseCounts(sql), pruneDemand(sql), pruneWalks(sql)]);
  };
  const worker = startWorker({ database, log, handlers, prune, timing });
  return {
    wake: worker.wake,
    async stop() {
      await worker.stop();
      mailer?.close();
    },
  };
}
