import { recordCommand } from '../identity/verbs.ts';
import { type ContactRef, requireContact } from './address.ts';
import { OPEN_TO_CONFIDENTIALS, sameConfidentiality, sharesOnly } from './confidentiality.ts';
import type { Confidentiality } from './contact.ts';
import { resolveReferences } from './resolve-references.ts';
import { mayShare } from './visibility.ts';
import { storeChange } from './write-contact.ts';

/** Confidential, for nobody but these users and teams (and super admins). */
export const shareContact = recordCommand(
  'contacts.share',
  async (
    ctx,
    { ref, shares }: { ref: ContactRef; shares: { teams?: string[]; users?: string[] } },
    permit,
  ): Promise<Confidentiality> => {
    const { contact } = await requireContact(ctx, ref);
    permit(mayShare(ctx.actor, contact));
    await resolveReferences(ctx, { confidentiality: { mode: 'shares-only', shares } });
    const confidentiality = sharesOnly(shares);
    if (!contact.confidential || !sameConfidentiality(contact.confidentiality, confidentiality)) {
      await storeChange(ctx, contact, { ...contact, confidential: true, confidentiality }, [
        'confidentiality',
      ]);
    }
    return confidentiality;
  },
);

/** Back to all who see confidential contacts; still confidential. */
export const unshareContact = recordCommand('contacts.share', async (ctx, ref: ContactRef, permit) => {
  const { contact } = await requireContact(ctx, ref);
  permit(mayShare(ctx.actor, contact));
  if (sameConfidentiality(contact.confidentiality, OPEN_TO_CONFIDENTIALS)) return;
  const after = { ...contact, confidentiality: OPEN_TO_CONFIDENTIALS };
  await storeChange(ctx, contact, after, ['confidentiality']);
});
