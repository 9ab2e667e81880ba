import { describe, expect, it } from 'vitest';
import { deletionMail, mailLanguage } from './mails.ts';

describe('the language of a mail', () => {
  it.each([
    ['de', 'de'],
    ['DE', 'de'],
    ['de-CH', 'de'],
    ['de_AT', 'de'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    ['deu', 'en'],
    ['-', 'en'],
    ['constructor', 'en'],
  ])('for %j is %s', (preferred, language) => {
    expect(mailLanguage(preferred)).toBe(language);
  });
});

describe('the mail to who was deleted', () => {
  const deletion = {
    to: 'leona@example.org',
    firstName: 'Leona',
    company: 'Kesä & Söhne',
    by: { name: 'Jürgen <b>Groß</b>', email: 'juergen@example.org' },
  };

  it('says who did it, by name and email', () => {
    const mail = deletionMail(deletion, 'en');
    expect(mail).toMatchObject({ to: deletion.to, subject: 'Your account at Kesä & Söhne was deleted' });
    expect(mail.text).toContain('Hello Leona,');
    expect(mail.text).toContain('Jürgen <b>Groß</b> (juergen@example.org)');
    expect(mail.html).toContain('Kes');
    expect(mail.html).not.toContain('<b>');
  });

  it('says it in German', () => {
    const mail = deletionMail(deletion, 'de');
    expect(mail.subject).toBe('Ihr Konto bei Kesä & Söhne wurde gelöscht');
    expect(mail.text).toContain('Guten Tag Leona,');
    expect(mail.text).toContain('Jürgen <b>Groß</b> (juergen@example.org) hat Ihr Konto');
  });

  it('greets who has no name', () => {
    expect(deletionMail({ ...deletion, firstName: '' }, 'en').text).toMatch(/^Hello,\n/);
    expect(deletionMail({ ...deletion, firstName: '' }, 'de').text).toMatch(/^Guten Tag,\n/);
  });
});
