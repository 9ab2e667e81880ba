import { removeAccountWithoutFaces } from '../identity/account-store.ts';
import { companyById } from '../identity/company-store.ts';
import { lockUser } from '../identity/user-store.ts';
import { audit } from '../platform/audit/audit.ts';
import { enqueue } from '../platform/jobs/outbox.ts';
import { MAIL_TOPIC } from '../platform/mail/mail.ts';
import { unauthorized } from '../platform/problem.ts';
import { findCustomer, removeCustomer } from './customer-store.ts';
import { customerCommand } from './customer-verbs.ts';
import { type CustomerRef, requireBelow, requireHeld } from './find-customer.ts';
import { deletionMail, mailLanguage } from './mails.ts';
import type { Photos } from './photos/photos.ts';

/** Deletes the customer face of a customer below the caller, who is told by mail who did it; tokens end. */
export const deleteCustomer = ({ photos }: { photos: Photos }) =>
  customerCommand('customers.write', async (ctx, ref: CustomerRef) => {
    const { companyId, number } = ctx.actor;
    const customer = await requireHeld(ctx, ref);
    requireBelow(ctx, customer);
    const [by, company] = await Promise.all([
      findCustomer(ctx.sql, companyId, number),
      companyById(ctx.sql, companyId),
    ]);
    // Another process may have deleted the caller since the token was looked at.
    if (!by) throw unauthorized('the token is no longer valid; sign in again');
    // Where the other face is being deleted at this moment, one of the two must see that it is the last.
    await lockUser(ctx.sql, companyId, customer.accountId);
    await removeCustomer(ctx.sql, companyId, customer.accountId);
    await removeAccountWithoutFaces(ctx.sql, companyId, customer.accountId);
    if (customer.photo) photos.drop(ctx, customer.photo);
    const mail = deletionMail(
      {
        to: customer.email,
        firstName: customer.firstName,
        company: company.name,
        by: {
          name: [by.firstName, by.lastName].filter(Boolean).join(' ') || by.username,
          email: by.email,
        },
      },
      mailLanguage(customer.preferredLanguage),
    );
    enqueue(ctx, companyId, MAIL_TOPIC, mail);
    audit(ctx, 'customer.delete', { kind: 'customer', id: customer.accountId });
    ctx.afterCommit('rights changed');
  });
