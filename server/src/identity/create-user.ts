import { audit } from '../platform/audit/audit.ts';
import { conflict } from '../platform/problem.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { type AccountByEmail, findAccountByEmail, insertAccount, replacePassword } from './account-store.ts';
import { invite } from './invite.ts';
import { hashPassword } from './passwords.ts';
import { changedUser, type UserInput, type UserRow, userWire } from './user.ts';
import { findUser, insertUser, replaceUserKeys, updateUser } from './user-store.ts';
import { type Ctx, command } from './verbs.ts';

/**
 * A CRM user with the role `limited`: a new account, or a second face for the company's account with this email.
 * Without a password an invitation is mailed, unless the user signs in elsewhere (`allowSSO`). 409 for a taken
 * email or external id (docs/wire-rulings.md sections 1 and 3).
 */
export const createUser = (publicUrl: string) =>
  command('users.write', async (ctx, input: UserInput & { email: string }) => {
    const { companyId } = ctx.actor;
    const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
    const existing = await findAccountByEmail(ctx.sql, input.email);
    if (existing && (existing.company_id !== companyId || existing.allow_sso !== null)) throw emailTaken();

    const user = changedUser(blank(existing?.account_id ?? uuidv7(), input.email), input);
    await (existing
      ? addFace(ctx, existing, user, input, passwordHash)
      : insertAccount(ctx.sql, companyId, { ...user, passwordHash }).then(() =>
          insertUser(ctx.sql, companyId, user, ['limited']),
        ));
    await claimKeys(ctx, user);
    if (passwordHash === null && !user.allow_sso && !existing?.password_hash) {
      await invite(ctx, companyId, { id: user.id, email: user.email, firstName: user.first_name }, publicUrl);
    }
    audit(ctx, 'user.create', { kind: 'user', id: user.id }, Object.keys(input));
    return userWire((await findUser(ctx.sql, companyId, user.id))!) as { id: string };
  });

export function emailTaken(): Error {
  return conflict('email: is already in use');
}

/** Makes the user's external ids its own; a 409 names one that another user holds. */
export async function claimKeys(ctx: Ctx, user: ReturnType<typeof changedUser>): Promise<void> {
  const held = await replaceUserKeys(ctx.sql, ctx.actor.companyId, user.id, user.integrations);
  if (held) throw conflict(`integrations.${held.partner}.id: is already another user's`);
}

/** The account keeps what it says of the person wherever the input is silent. */
async function addFace(
  ctx: Ctx,
  existing: AccountByEmail,
  user: ReturnType<typeof changedUser>,
  input: UserInput,
  passwordHash: string | null,
): Promise<void> {
  const { companyId } = ctx.actor;
  await insertUser(ctx.sql, companyId, user, ['limited']);
  const kept = await findUser(ctx.sql, companyId, existing.account_id);
  await updateUser(ctx.sql, companyId, changedUser({ ...user, ...personOf(kept!) }, input));
  if (passwordHash) {
    await replacePassword(ctx.sql, companyId, existing.account_id, passwordHash);
    ctx.afterCommit('rights changed');
  }
}

function personOf({ first_name, last_name, position }: UserRow) {
  return { first_name, last_name, position };
}

function blank(id: string, email: string): UserRow {
  return {
    id,
    email,
    first_name: null,
    last_name: null,
    position: null,
    allow_sso: false,
    from_emails: [],
    integrations: {},
  };
}
