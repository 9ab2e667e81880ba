import type { Language } from '../../platform/http/language.ts';
import type { Mistake } from '../accept-invitation.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../passwords.ts';

interface Texts {
  title: string;
  welcome(company: string): string;
  email: string;
  password: string;
  rule: string;
  repetition: string;
  submit: string;
  mistakes: Record<Mistake, string>;
  /** Before the title of a page that shows a mistake. */
  mistaken: string;
  accepted: { title: string; text(company: string): string; where: string; signIn: string };
  dead: { title: string; text: string; advice: string };
}

export const INVITATION_TEXTS: Record<Language, Texts> = {
  en: {
    title: 'Choose your password',
    welcome: (company) => `You have been invited to the talent CRM of ${company}.`,
    email: 'Email',
    password: 'New password',
    rule: `At least ${SHORTEST_PASSWORD} characters. A few words in a row make a good one.`,
    repetition: 'Repeat the new password',
    submit: 'Set password',
    mistakes: {
      length: `The password must be ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters long.`,
      repetition: 'This is not the same password. Please enter both again.',
    },
    mistaken: 'Error: ',
    accepted: {
      title: 'Your password is set',
      text: (company) => `You can now use the talent CRM of ${company}.`,
      where: 'Sign in with your email and the new password at',
      signIn: 'Go to sign-in',
    },
    dead: {
      title: 'This link does not work any more',
      text: 'An invitation can be used once and only for some days; a newer one replaces it.',
      advice:
        'If you have set your password already, simply sign in. Otherwise ask the person who invited you for a new invitation.',
    },
  },
  de: {
    title: 'Passwort wählen',
    welcome: (company) => `Sie wurden zum Talent-CRM von ${company} eingeladen.`,
    email: 'E-Mail',
    password: 'Neues Passwort',
    rule: `Mindestens ${SHORTEST_PASSWORD} Zeichen. Am besten ein paar Wörter hintereinander.`,
    repetition: 'Neues Passwort wiederholen',
    submit: 'Passwort festlegen',
    mistakes: {
      length: `Das Passwort muss ${SHORTEST_PASSWORD} bis ${LONGEST_PASSWORD} Zeichen lang sein.`,
      repetition: 'Das ist nicht dasselbe Passwort. Bitte geben Sie beide noch einmal ein.',
    },
    mistaken: 'Fehler: ',
    accepted: {
      title: 'Ihr Passwort ist festgelegt',
      text: (company) => `Sie können das Talent-CRM von ${company} jetzt nutzen.`,
      where: 'Melden Sie sich mit Ihrer E-Mail-Adresse und dem neuen Passwort an unter',
      signIn: 'Zur Anmeldung',
    },
    dead: {
      title: 'Dieser Link funktioniert nicht mehr',
      text: 'Eine Einladung gilt nur einmal und nur einige Tage; eine neuere ersetzt sie.',
      advice:
        'Wenn Sie Ihr Passwort schon festgelegt haben, melden Sie sich einfach an. Sonst bitten Sie die Person, die Sie eingeladen hat, um eine neue Einladung.',
    },
  },
};
