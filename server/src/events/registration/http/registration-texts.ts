import type { Language } from '../../../platform/http/language.ts';
import type { Closed, Mistake } from '../registration.ts';

interface Texts {
  title(event: string): string;
  when: string;
  where: string;
  aboutYou: string;
  questions: string;
  name: string;
  email: string;
  emailHint: string;
  phone: string;
  optional: string;
  choose: string;
  several: string;
  number: string;
  date: string;
  yes: string;
  no: string;
  consent(company: string): string;
  consentShort: string;
  privacy(company: string): string;
  trap: string;
  submit: string;
  /** Before the title of a page that shows mistakes. */
  mistaken: string;
  mistakes: Record<Mistake, string> & { name: string; emailMissing: string; consent: string; choice: string };
  summary(count: number): string;
  registered: { title: string; mail(email: string): string; bring: string; nothing: string };
  closed: Record<Closed, { title: string; text: string }>;
  unknown: { title: string; text: string };
}

export const REGISTRATION_TEXTS: Record<Language, Texts> = {
  en: {
    title: (event) => `Register: ${event}`,
    when: 'When',
    where: 'Where',
    aboutYou: 'Register',
    questions: 'Some questions',
    name: 'Name',
    email: 'Email',
    emailHint: 'Your ticket goes there.',
    phone: 'Phone',
    optional: 'optional',
    choose: 'Please choose',
    several: 'Choose as many as you like.',
    number: 'A number, such as 12 or 1.5',
    date: 'Year, month and day, such as 2026-01-31',
    yes: 'Yes',
    no: 'No',
    consent: (company) => `I agree that ${company} stores what I entered here for this event.`,
    consentShort: 'Consent',
    privacy: (company) =>
      `${company} stores your name, your email, your phone number if you give one, your answers and the date of your consent, in order to organise this event and to be in touch with you about it. You may ask ${company} at any time to delete them.`,
    trap: 'Website',
    submit: 'Register',
    mistaken: 'Error: ',
    mistakes: {
      missing: 'Please fill this in.',
      name: 'Please enter your name.',
      emailMissing: 'Please enter your email.',
      consent: 'Please tick this box. Without your consent we cannot register you.',
      choice: 'Please choose an answer.',
      long: 'This is too long. Please shorten it.',
      email: 'This is not an email address. Please enter one such as anna@example.org.',
      phone: 'This is not a phone number. Please enter one such as +44 20 7946 0000, or leave it out.',
      number: 'This is not a number. Please enter one such as 12 or 1.5.',
      date: 'This is not a date. Please enter one such as 2026-01-31.',
      option: 'This answer does not exist. Please choose another one.',
    },
    summary: (count) => (count === 1 ? 'Please correct one thing:' : `Please correct ${count} things:`),
    registered: {
      title: 'You are registered',
      mail: (email) => `A confirmation is on its way to ${email}.`,
      bring: 'It holds your ticket: bring the QR code, on your phone or on paper.',
      nothing:
        'Nothing there after a few minutes? Look among the spam, or register again if the address is not right.',
    },
    closed: {
      draft: {
        title: 'Registration is not open yet',
        text: 'Please come back later, or ask the person who gave you this link.',
      },
      cancelled: {
        title: 'This event is cancelled',
        text: 'It will not take place, and nobody can register.',
      },
      past: { title: 'This event is over', text: 'Nobody can register any more.' },
      deleted: {
        title: 'This event does not exist any more',
        text: 'It was removed. If you have questions, ask the person who gave you this link.',
      },
    },
    unknown: {
      title: 'There is no event here',
      text: 'Is the link complete? Open it again, or ask the person who gave it to you.',
    },
  },
  de: {
    title: (event) => `Anmeldung: ${event}`,
    when: 'Wann',
    where: 'Wo',
    aboutYou: 'Anmelden',
    questions: 'Ein paar Fragen',
    name: 'Name',
    email: 'E-Mail',
    emailHint: 'Dorthin kommt Ihr Ticket.',
    phone: 'Telefon',
    optional: 'freiwillig',
    choose: 'Bitte wählen',
    several: 'Wählen Sie beliebig viele.',
    number: 'Eine Zahl, zum Beispiel 12 oder 1.5',
    date: 'Jahr, Monat und Tag, zum Beispiel 2026-01-31',
    yes: 'Ja',
    no: 'Nein',
    consent: (company) =>
      `Ich bin einverstanden, dass ${company} meine Angaben für diese Veranstaltung speichert.`,
    consentShort: 'Einwilligung',
    privacy: (company) =>
      `${company} speichert Ihren Namen, Ihre E-Mail-Adresse, Ihre Telefonnummer, falls Sie eine angeben, Ihre Antworten und das Datum Ihrer Einwilligung, um diese Veranstaltung zu organisieren und dazu mit Ihnen in Verbindung zu bleiben. Sie können ${company} jederzeit bitten, diese Daten zu löschen.`,
    trap: 'Website',
    submit: 'Anmelden',
    mistaken: 'Fehler: ',
    mistakes: {
      missing: 'Bitte füllen Sie dieses Feld aus.',
      name: 'Bitte geben Sie Ihren Namen ein.',
      emailMissing: 'Bitte geben Sie Ihre E-Mail-Adresse ein.',
      consent: 'Bitte setzen Sie dieses Häkchen. Ohne Ihre Einwilligung können wir Sie nicht anmelden.',
      choice: 'Bitte wählen Sie eine Antwort.',
      long: 'Das ist zu lang. Bitte kürzen Sie es.',
      email: 'Das ist keine E-Mail-Adresse. Bitte geben Sie eine wie anna@example.org ein.',
      phone:
        'Das ist keine Telefonnummer. Bitte geben Sie eine wie +49 30 901820 ein, oder lassen Sie sie weg.',
      number: 'Das ist keine Zahl. Bitte geben Sie eine wie 12 oder 1.5 ein.',
      date: 'Das ist kein Datum. Bitte geben Sie eines wie 2026-01-31 ein.',
      option: 'Diese Antwort gibt es nicht. Bitte wählen Sie eine andere.',
    },
    summary: (count) =>
      count === 1 ? 'Bitte korrigieren Sie eine Angabe:' : `Bitte korrigieren Sie ${count} Angaben:`,
    registered: {
      title: 'Sie sind angemeldet',
      mail: (email) => `Eine Bestätigung ist unterwegs an ${email}.`,
      bring: 'Darin ist Ihr Ticket: Bringen Sie den QR-Code mit, auf dem Handy oder auf Papier.',
      nothing:
        'Nach ein paar Minuten nichts angekommen? Sehen Sie im Spam nach, oder melden Sie sich noch einmal an, falls die Adresse nicht stimmt.',
    },
    closed: {
      draft: {
        title: 'Die Anmeldung ist noch nicht offen',
        text: 'Kommen Sie bitte später wieder, oder fragen Sie die Person, von der Sie diesen Link haben.',
      },
      cancelled: {
        title: 'Diese Veranstaltung ist abgesagt',
        text: 'Sie findet nicht statt, und niemand kann sich anmelden.',
      },
      past: { title: 'Diese Veranstaltung ist vorbei', text: 'Eine Anmeldung ist nicht mehr möglich.' },
      deleted: {
        title: 'Diese Veranstaltung gibt es nicht mehr',
        text: 'Sie wurde entfernt. Wenn Sie Fragen haben, wenden Sie sich an die Person, von der Sie diesen Link haben.',
      },
    },
    unknown: {
      title: 'Hier ist keine Veranstaltung',
      text: 'Ist der Link vollständig? Öffnen Sie ihn noch einmal, oder fragen Sie die Person, von der Sie ihn haben.',
    },
  },
};
