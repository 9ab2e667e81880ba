import type { Language } from '../../platform/http/language.ts';

interface Texts {
  subject(event: string): string;
  hello(name: string | undefined): string;
  registered(event: string, company: string): string;
  when: string;
  where: string;
  join: string;
  /** Before the ticket's address. */
  ticket: string;
  qrCode: string;
  calendar: string;
  questions(company: string, contactName: string | undefined): string;
  notYou: string;
  refusal: {
    subject(event: string): string;
    hello: string;
    why(company: string, event: string): string;
    advice(company: string): string;
  };
}

export const MAIL_TEXTS: Record<Language, Texts> = {
  en: {
    subject: (event) => `You are registered: ${event}`,
    hello: (name) => (name ? `Hello ${name},` : 'Hello,'),
    registered: (event, company) => `you are registered for “${event}” by ${company}.`,
    when: 'When',
    where: 'Where',
    join: 'Join online',
    ticket: 'Your ticket – show its QR code at the door, on your phone or on paper:',
    qrCode: 'QR code of your ticket',
    calendar: 'The file event.ics puts the event into your calendar.',
    questions: (company, contactName) =>
      contactName
        ? `Do you have questions, or can you not come? Please tell ${contactName} at ${company}.`
        : `Do you have questions, or can you not come? Please tell ${company}.`,
    notYou: 'If it was not you who registered, you can ignore this mail.',
    refusal: {
      subject: (event) => `Your registration for: ${event}`,
      hello: 'Hello,',
      why: (company, event) =>
        `we could not register you for “${event}”: ${company} once removed your data because you asked for it, and keeps to that.`,
      advice: (company) =>
        `If you would like to come after all, please write to ${company}. If it was not you who registered, you need not do anything.`,
    },
  },
  de: {
    subject: (event) => `Sie sind angemeldet: ${event}`,
    hello: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
    registered: (event, company) => `Sie sind für „${event}“ von ${company} angemeldet.`,
    when: 'Wann',
    where: 'Wo',
    join: 'Online teilnehmen',
    ticket: 'Ihr Ticket – zeigen Sie den QR-Code am Einlass, auf dem Handy oder auf Papier:',
    qrCode: 'QR-Code Ihres Tickets',
    calendar: 'Die Datei event.ics trägt die Veranstaltung in Ihren Kalender ein.',
    questions: (company, contactName) =>
      contactName
        ? `Haben Sie Fragen, oder können Sie doch nicht kommen? Bitte sagen Sie ${contactName} (${company}) Bescheid.`
        : `Haben Sie Fragen, oder können Sie doch nicht kommen? Bitte sagen Sie ${company} Bescheid.`,
    notYou: 'Wenn Sie sich nicht selbst angemeldet haben, können Sie diese Mail ignorieren.',
    refusal: {
      subject: (event) => `Ihre Anmeldung für: ${event}`,
      hello: 'Guten Tag,',
      why: (company, event) =>
        `wir konnten Sie für „${event}“ nicht anmelden: ${company} hat Ihre Daten früher auf Ihren Wunsch gelöscht und hält sich daran.`,
      advice: (company) =>
        `Wenn Sie doch kommen möchten, schreiben Sie bitte an ${company}. Wenn Sie sich nicht selbst angemeldet haben, brauchen Sie nichts zu tun.`,
    },
  },
};
