import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import { confirmationMail, refusalMail } from './confirmation-mail.ts';
import { publicEvent } from './fixtures/public-event.ts';
import type { Confirmation } from './registration.ts';

const TICKET = 'https://crm.example.org/ticket/1.abc';

function confirmation(more: Partial<Confirmation> = {}): Confirmation {
  return { to: 'anna@example.org', name: 'Anna Berg', event: publicEvent(), ticketUrl: TICKET, ...more };
}

describe('the confirmation mail', () => {
  it('says when and where, and holds the ticket', () => {
    const mail = confirmationMail(confirmation(), 'en');
    expect(mail.to).toBe('anna@example.org');
    expect(mail.subject).toBe('You are registered: Career Night');
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('Hello Anna Berg,');
      expect(body).toContain('Nordwind Robotik');
      expect(body).toContain('Saturday, 5 December 2026, 18:00–22:00 (Central European Time)');
      for (const line of publicEvent().place) expect(body).toContain(line);
      expect(body).toContain(TICKET);
      expect(body).not.toContain('Join online');
    }
  });

  it('is in the visitor’s language', () => {
    const mail = confirmationMail(confirmation(), 'de');
    expect(mail.subject).toBe('Sie sind angemeldet: Career Night');
    expect(mail.text).toContain('Guten Tag Anna Berg,');
    expect(mail.text).toContain('Samstag, 5. Dezember 2026, 18:00–22:00 Uhr (Mitteleuropäische Zeit)');
  });

  it('shows the QR code, and brings the event for the calendar', () => {
    const { html, attachments } = confirmationMail(confirmation(), 'en');
    const [picture, calendar] = attachments!;
    expect(picture).toMatchObject({ filename: 'ticket.png', contentType: 'image/png' });
    expect(html).toContain(`<img src="cid:${picture!.cid}"`);
    expect(Buffer.from(picture!.content, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(calendar).toMatchObject({
      filename: 'event.ics',
      contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
    });
    expect(Buffer.from(calendar!.content, 'base64').toString()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(attachments).toHaveLength(2);
  });

  it('links to where to join only where that is a web address', () => {
    const joined = confirmationMail(confirmation({ link: 'https://meet.example/a?b=1&c=2' }), 'en');
    expect(joined.text).toContain('Join online: https://meet.example/a?b=1&c=2');
    expect(joined.html).toContain('href="https://meet.example/a?b&#61;1&#38;c&#61;2"');
    const odd = confirmationMail(confirmation({ link: 'javascript:alert(1)' }), 'en');
    expect(odd.html).toContain('javascript:alert(1)');
    expect(odd.html).not.toMatch(/href="javascript/i);
  });

  it('names who to ask', () => {
    const { text } = confirmationMail(confirmation({ contactName: 'Ben Frost' }), 'en');
    expect(text).toContain('Please tell Ben Frost at Nordwind Robotik.');
  });

  it.each(['Win now at http://spam.example', 'spam.example', 'a@spam.example'])(
    'passes on no link that was typed for a name: %s',
    (name) => {
      const { text, html } = confirmationMail(confirmation({ name }), 'en');
      expect(text).toMatch(/^Hello,\n/);
      expect(text + html).not.toContain('spam.example');
    },
  );

  it('escapes what people wrote', () => {
    for (const text of HOSTILE_TEXTS.filter((one) => /[<>"]/.test(one))) {
      const event = publicEvent({ company: text, name: text, place: [text] });
      const mails = [
        confirmationMail(confirmation({ name: text, event, link: text, contactName: text }), 'en'),
        refusalMail({ to: 'a@b.example', company: text, eventName: text }, 'de'),
      ];
      for (const { html } of mails) expect(html).not.toContain(text);
    }
  });
});

describe('the mail to someone who asked to be forgotten', () => {
  it.each([
    ['en', 'Your registration for: Career Night', 'you asked for it'],
    ['de', 'Ihre Anmeldung für: Career Night', 'auf Ihren Wunsch'],
  ] as const)('says why, and whom to write to: %s', (language, subject, why) => {
    const mail = refusalMail(
      { to: 'anna@example.org', company: 'Nordwind', eventName: 'Career Night' },
      language,
    );
    expect(mail).toMatchObject({ to: 'anna@example.org', subject });
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain(why);
      expect(body).toContain('Nordwind');
    }
    expect(mail.attachments).toBeUndefined();
  });
});
