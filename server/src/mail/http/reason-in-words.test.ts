import { describe, expect, it } from 'vitest';
import { smtpFailure } from '../../platform/mail/smtp-failure.ts';
import { reasonInWords } from './reason-in-words.ts';

describe('reasonInWords', () => {
  it.each([
    [{ responseCode: 451, command: 'RCPT TO' }, 'der Mailserver hat auf RCPT TO mit 451 geantwortet'],
    [{ code: 'ESOCKET' }, 'keine Antwort vom Mailserver (ESOCKET)'],
    [{ code: 'EENVELOPE' }, 'der Mailserver kann diese Adresse nicht annehmen'],
  ])('says in German what went wrong: %j', (error, words) => {
    const { message } = smtpFailure(error);
    expect(reasonInWords(message, 'de')).toBe(words);
    expect(reasonInWords(message, 'en')).toBe(message);
  });

  it('leaves what it does not know as it is', () => {
    for (const language of ['en', 'de'] as const)
      expect(reasonInWords('TypeError', language)).toBe('TypeError');
  });
});
