import type { Language } from '../../../platform/http/language.ts';
import type { Told } from '../door.ts';

interface Texts {
  door: {
    title(event: string): string;
    /** With `{attended}` and `{registered}`, which the page's script fills in anew. */
    count: string;
    scan: string;
    search: string;
    find: string;
    everyone: string;
    found: string;
    registered: string;
    none: string;
    noneFound(search: string): string;
    more: string;
    checkIn: string;
    undo: string;
    /** For screen readers: whom a button is about. */
    checkInWho(name: string): string;
    undoWho(name: string): string;
    here(time: string): string;
    told: Record<Exclude<Told, 'again'>, (name: string) => string> & {
      again(name: string, time: string): string;
    };
  };
  walkIn: {
    title: string;
    hint: string;
    name: string;
    email: string;
    optional: string;
    consent(company: string): string;
    submit: string;
  };
  closed: Record<'draft' | 'cancelled' | 'deleted' | 'over', { title: string; text: string }>;
  unknown: { title: string; text: string };
  ticket: {
    title(event: string): string;
    yours: string;
    qrCode: string;
    show: string;
    join: string;
    used(time: string): string;
    cancelled: string;
    staff: string;
    back: string;
    unknown: { title: string; text: string };
    noDoor: { title: string; text: string };
  };
}

export const CHECK_IN_TEXTS: Record<Language, Texts> = {
  en: {
    door: {
      title: (event) => `Check-in: ${event}`,
      count: '{attended} of {registered} here',
      scan: 'Or scan the QR code of the ticket with this phone’s camera.',
      search: 'Name or email',
      find: 'Find',
      everyone: 'Show everyone',
      found: 'Found',
      registered: 'Registered',
      none: 'Nobody has registered yet.',
      noneFound: (search) => `Nobody found for “${search}”.`,
      more: 'There are more. Type a part of the name to find them.',
      checkIn: 'Check in',
      undo: 'Undo',
      checkInWho: (name) => `Check in ${name}`,
      undoWho: (name) => `Undo the check-in of ${name}`,
      here: (time) => `Here since ${time}`,
      told: {
        attended: (name) => `${name} is checked in.`,
        again: (name, time) => `${name} was already checked in at ${time}.`,
        undone: (name) => `${name} is no longer checked in.`,
      },
    },
    walkIn: {
      title: 'Someone without a registration',
      hint: 'Takes the person in and checks them in.',
      name: 'Name',
      email: 'Email',
      optional: 'optional',
      consent: (company) => `Agrees that ${company} stores this`,
      submit: 'Take in and check in',
    },
    closed: {
      draft: { title: 'Check-in is not open yet', text: 'The event is not published.' },
      cancelled: { title: 'This event is cancelled', text: 'Nobody can be checked in.' },
      over: { title: 'This event is over', text: 'Nobody can be checked in any more.' },
      deleted: { title: 'This event does not exist any more', text: 'It was removed.' },
    },
    unknown: {
      title: 'There is no event here',
      text: 'Is the link complete? Open it again, or ask the person who gave it to you.',
    },
    ticket: {
      title: (event) => `Ticket: ${event}`,
      yours: 'Your ticket',
      qrCode: 'QR code of this ticket',
      show: 'Show this code at the door.',
      join: 'Join online',
      used: (time) => `This ticket has been used: checked in at ${time}.`,
      cancelled: 'This event is cancelled. It will not take place.',
      staff:
        'Are you at the door? Open the event’s check-in page on this device first, then scan the ticket again.',
      back: 'Back to the list',
      unknown: {
        title: 'There is no ticket here',
        text: 'Is the link complete? Open it again from your confirmation mail.',
      },
      noDoor: {
        title: 'This device does not check in',
        text: 'Open the event’s check-in page on this device first, then scan the ticket again.',
      },
    },
  },
  de: {
    door: {
      title: (event) => `Check-in: ${event}`,
      count: '{attended} von {registered} da',
      scan: 'Oder scannen Sie den QR-Code des Tickets mit der Kamera dieses Handys.',
      search: 'Name oder E-Mail',
      find: 'Suchen',
      everyone: 'Alle zeigen',
      found: 'Gefunden',
      registered: 'Angemeldet',
      none: 'Noch hat sich niemand angemeldet.',
      noneFound: (search) => `Niemand gefunden zu „${search}“.`,
      more: 'Es gibt noch mehr. Geben Sie einen Teil des Namens ein, um sie zu finden.',
      checkIn: 'Einchecken',
      undo: 'Rückgängig',
      checkInWho: (name) => `${name} einchecken`,
      undoWho: (name) => `Rückgängig: Check-in von ${name}`,
      here: (time) => `Da seit ${time}`,
      told: {
        attended: (name) => `${name} ist eingecheckt.`,
        again: (name, time) => `${name} wurde schon um ${time} eingecheckt.`,
        undone: (name) => `${name} ist nicht mehr eingecheckt.`,
      },
    },
    walkIn: {
      title: 'Jemand ohne Anmeldung',
      hint: 'Nimmt die Person auf und checkt sie ein.',
      name: 'Name',
      email: 'E-Mail',
      optional: 'freiwillig',
      consent: (company) => `Ist einverstanden, dass ${company} das speichert`,
      submit: 'Aufnehmen und einchecken',
    },
    closed: {
      draft: {
        title: 'Der Check-in ist noch nicht offen',
        text: 'Die Veranstaltung ist nicht veröffentlicht.',
      },
      cancelled: { title: 'Diese Veranstaltung ist abgesagt', text: 'Niemand kann eingecheckt werden.' },
      over: { title: 'Diese Veranstaltung ist vorbei', text: 'Niemand kann mehr eingecheckt werden.' },
      deleted: { title: 'Diese Veranstaltung gibt es nicht mehr', text: 'Sie wurde entfernt.' },
    },
    unknown: {
      title: 'Hier ist keine Veranstaltung',
      text: 'Ist der Link vollständig? Öffnen Sie ihn noch einmal, oder fragen Sie die Person, von der Sie ihn haben.',
    },
    ticket: {
      title: (event) => `Ticket: ${event}`,
      yours: 'Ihr Ticket',
      qrCode: 'QR-Code dieses Tickets',
      show: 'Zeigen Sie diesen Code am Einlass.',
      join: 'Online teilnehmen',
      used: (time) => `Dieses Ticket wurde benutzt: eingecheckt um ${time}.`,
      cancelled: 'Diese Veranstaltung ist abgesagt. Sie findet nicht statt.',
      staff:
        'Stehen Sie am Einlass? Öffnen Sie auf diesem Gerät zuerst die Check-in-Seite der Veranstaltung und scannen Sie das Ticket dann noch einmal.',
      back: 'Zur Liste',
      unknown: {
        title: 'Hier ist kein Ticket',
        text: 'Ist der Link vollständig? Öffnen Sie ihn noch einmal aus Ihrer Bestätigungsmail.',
      },
      noDoor: {
        title: 'Dieses Gerät checkt nicht ein',
        text: 'Öffnen Sie auf diesem Gerät zuerst die Check-in-Seite der Veranstaltung und scannen Sie das Ticket dann noch einmal.',
      },
    },
  },
};
