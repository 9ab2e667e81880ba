import { emailKey } from '../../identity/email.ts';
import { passwordMatches } from '../../identity/passwords.ts';
import { attempt, WrongSecret } from '../../identity/sign-in-attempts.ts';
import { openQuery } from '../../identity/verbs.ts';
import { Problem } from '../../platform/problem.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { findCredentials } from '../credentials-store.ts';
import { insertSession } from './session-store.ts';
import { newSessionToken, sessionHash } from './session-token.ts';

export interface Credentials {
  /** Or the email. */
  username: string;
  password: string;
  /** The company's identifier. */
  company: string;
  /** Days. */
  extended_expiration_period?: number | undefined;
}

/**
 * A token for a customer's name and password. The answer to what is wrong is the same, in the same time, whatever is: a
 * 400. Failures are held back as in sign-in under /v1.
 */
export const obtainToken = openQuery(async (ctx, input: Credentials): Promise<{ token: string }> => {
  const found = await findCredentials(ctx.sql, input.company.trim(), input.username.trim());
  const name = countedName(found?.email, input);
  return attempt(ctx.sql, name, async () => {
    const matches = await passwordMatches(found?.passwordHash ?? null, input.password);
    if (!found || !matches) throw new WrongSecret(refused());
    if (!found.active) throw refused();
    const token = newSessionToken(found.companyId);
    await insertSession(ctx.sql, found.companyId, {
      hash: sessionHash(token),
      id: uuidv7(),
      accountId: found.accountId,
      tokenVersion: found.tokenVersion,
      days: input.extended_expiration_period,
    });
    return { token };
  });
});

const refused = () =>
  new Problem(400, 'unable to sign in with these credentials', {
    fields: { non_field_errors: ['Unable to sign in with these credentials.'] },
  });

/**
 * Whose failures these are. Whoever signs in by two names, here and under /v1, has one count of them; an email has that
 * one whether it is held here or not, so that the other count tells nothing.
 */
function countedName(email: string | undefined, { username, company }: Credentials): string {
  const name = email ?? username;
  return emailKey(name.includes('@') ? name : `${company.trim()} ${name}`);
}
