const BOUNDARY = '----fuzz-0123456789';
export const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

const part = (disposition: string, value: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: ${disposition}\r\n\r\n`),
    Buffer.from(value as string),
    Buffer.from('\r\n'),
  ]);
const END = Buffer.from(`--${BOUNDARY}--\r\n`);

/** A body of a form with files, its values as they are: texts, and bytes as files. What is null is left out. */
export function multipart(fields: Record<string, unknown>): Buffer {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) =>
      Buffer.isBuffer(value)
        ? part(`form-data; name="${name}"; filename="x.jpg"`, value)
        : part(`form-data; name="${name}"`, typeof value === 'string' ? value : JSON.stringify(value)),
    );
  return Buffer.concat([...parts, END]);
}

const text = (name: string, value = 'x') => part(`form-data; name="${name}"`, value);
const file = (name: string, filename: string, bytes: string | Buffer = 'x') =>
  part(`form-data; name="${name}"; filename="${filename}"`, bytes);
const all = (...parts: Buffer[]) => Buffer.concat([...parts, END]);

/** Whole bodies that no form would make; `picture` is one that is taken. */
export const HOSTILE_FORMS: Record<string, (picture: Buffer) => Buffer> = {
  nothing: () => Buffer.alloc(0),
  'no part': () => END,
  'no end': () => text('email', 'a@x.example'),
  'cut in a header': () => text('email').subarray(0, 40),
  'a file cut short': (picture) => file('photo', 'x.png', picture.subarray(0, 30)),
  'no picture': () => all(file('photo', 'x.png', '<svg onload=alert(1)>')),
  'an empty file': () => all(file('photo', 'x.png', '')),
  'a file where a text belongs': (picture) => all(file('email', 'x.png', picture)),
  'a photo twice': (picture) => all(file('photo', 'a', picture), file('photo', 'b', picture)),
  'a field twice': () => all(text('email', 'a@x.example'), text('email', 'b@x.example')),
  'a path for a file name': (picture) => all(file('photo', '../../../../etc/passwd', picture)),
  'prototype names': () => all(text('__proto__'), text('constructor'), file('toString', 'x')),
  'NUL in a name': () => all(text('a\0b')),
  'NUL in a text': () => all(text('first_name', 'a\0b')),
  'a name that is not UTF-8': () =>
    all(
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="\xc3\x28"\r\n\r\nx\r\n`, 'latin1'),
    ),
  'a text that is not UTF-8': () => all(part('form-data; name="role"', Buffer.from([0xc3, 0x28, 0xff]))),
  'no disposition': () => all(Buffer.from(`--${BOUNDARY}\r\n\r\nx\r\n`)),
  'an attachment': () => all(part('attachment; name="role"', 'x')),
  'no name': () => all(part('form-data', 'x')),
  'an empty name': () => all(text('')),
  'ten thousand parts': () => all(...Array.from({ length: 10_000 }, (_, index) => text(`k${index}`))),
  'a header without end': () => Buffer.from(`--${BOUNDARY}\r\nX-Long: ${'x'.repeat(200_000)}`),
  'a form in a form': () =>
    all(Buffer.from(`--${BOUNDARY}\r\n${Object.entries(MULTIPART).flat().join(': ')}\r\n\r\n`), text('role')),
  'a megabyte in one text': () => all(text('role', 'a'.repeat(1024 * 1024 + 1))),
};
