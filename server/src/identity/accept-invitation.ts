import { audit } from '../platform/audit/audit.ts';
import type { Sql } from '../platform/db/statement.ts';
import { replacePassword } from './account-store.ts';
import { companyOfLink, findInvitation, type Invitation, lockInvitation } from './invitation-store.ts';
import { hashPassword, passwordFits } from './passwords.ts';
import { openCommand, openQuery } from './verbs.ts';

/** What is wrong with a chosen password: its length, or that the repetition differs. */
export type Mistake = 'length' | 'repetition';

/** How things stand with a link. */
export type Invited =
  | { state: 'dead' }
  | { state: 'open'; invitation: Invitation; mistake?: Mistake }
  | { state: 'accepted'; invitation: Invitation };

export const readInvitation = openQuery(async (ctx, { token }: { token: string }): Promise<Invited> => {
  const invitation = await findInvitation(ctx.sql, token);
  return invitation ? { state: 'open', invitation } : { state: 'dead' };
});

/** What another feature does, in the same transaction, after an invitation was accepted. */
export type AfterAccepting = (sql: Sql, companyId: number, accountId: string) => Promise<void>;

/** Sets the password that the invited person chose, once: the account's links and tokens end with it. */
export const acceptInvitation = (afterAccepting: readonly AfterAccepting[]) =>
  openCommand(
    async (ctx, input: { token: string; password: string; repetition: string }): Promise<Invited> => {
      const invitation = await lockInvitation(ctx.sql, input.token);
      if (!invitation) return { state: 'dead' };
      if (!passwordFits(input.password)) return { state: 'open', invitation, mistake: 'length' };
      if (input.password !== input.repetition) return { state: 'open', invitation, mistake: 'repetition' };
      const { companyId, accountId } = invitation;
      await replacePassword(ctx.sql, companyId, accountId, await hashPassword(input.password));
      for (const accepted of afterAccepting) await accepted(ctx.sql, companyId, accountId);
      audit(
        { ...ctx, actor: { companyId, userId: accountId } },
        'user.accept-invitation',
        { kind: 'user', id: accountId },
        ['password'],
      );
      ctx.afterCommit('rights changed');
      return { state: 'accepted', invitation };
    },
    ({ token }) => companyOfLink(token),
  );
