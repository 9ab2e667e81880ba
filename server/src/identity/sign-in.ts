import { forbidden, Problem, unauthorized } from '../platform/problem.ts';
import { findAccountByEmail } from './account-store.ts';
import { emailKey } from './email.ts';
import { passwordMatches } from './passwords.ts';
import { attempt, WrongSecret } from './sign-in-attempts.ts';
import type { Tokens } from './tokens.ts';
import { openQuery } from './verbs.ts';

/**
 * A token for an email and a password from a Basic header. 400 without such a header, 401 for an unknown email as
 * for a wrong password, 403 for an account that may not sign in here (docs/wire-rulings.md section 2).
 */
export const signIn = (tokens: Tokens) =>
  openQuery(async (ctx, { authorization }: { authorization: string | undefined }) => {
    const { email, password } = credentialsOf(authorization);
    const name = emailKey(email);
    const account = await attempt(ctx.sql, name, async () => {
      const found = await findAccountByEmail(ctx.sql, email);
      const matches = await passwordMatches(found?.password_hash ?? null, password);
      if (found?.allow_sso && found.password_hash === null) {
        throw forbidden('this user signs in by single sign-on only');
      }
      if (!found || !matches) throw new WrongSecret(unauthorized('unknown email or wrong password'));
      if (!found.active) throw forbidden('the account is inactive');
      if (found.allow_sso === null) throw forbidden('the account has no access to the CRM');
      return found;
    });
    return {
      id: account.account_id,
      token: tokens.issue({
        sub: account.account_id,
        company: account.company_id,
        ver: account.token_version,
      }),
    };
  });

/** RFC 7617: "Basic" and the Base64 of email:password; the password may hold colons. */
function credentialsOf(authorization: string | undefined): { email: string; password: string } {
  const encoded = /^basic +([A-Za-z0-9+/_-]+={0,2})$/i.exec(authorization?.trim() ?? '')?.[1];
  const decoded = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1 || decoded.includes('\0')) {
    throw new Problem(400, 'Authorization: must be "Basic " and the Base64 of email:password');
  }
  return { email: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
