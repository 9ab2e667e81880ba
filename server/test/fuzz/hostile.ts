/** Texts that mean something to a database, a browser, a shell, a parser or a collation. Each is plain text here. */
export const HOSTILE_TEXTS: readonly string[] = [
  "'; drop table contact; --",
  "' or 1=1 --",
  '$1 $$body$$ \\x00 %s {0} {{7*7}} #{7*7}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</title><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '=HYPERLINK("http://x.example","y")',
  '../../../../etc/passwd',
  '\\"}],"admin":true,"x":[{"',
  '\u0001\u0008\u001b[31m\u007f',
  'line\r\nSet-Cookie: a=b',
  '\u202e gnirts desrever \u2066',
  'e\u0301\u0302\u0303 Ⅷ ﬁ İ ẞ ΟΔΟΣ',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '\ufeffbegins with a byte order mark',
  '[object Object]',
  'null',
  'NaN',
  '1e400',
  '__proto__',
  'constructor',
  '中'.repeat(190),
];

/** Values of every other kind than a field may want. */
export const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  2 ** 31,
  2 ** 53 + 2,
  -1e308,
  '',
  ' ',
  'a\0b',
  'half \ud83d',
  'x'.repeat(30_000),
  [],
  [[]],
  [null],
  {},
  { length: 5 },
  { toString: 'x', valueOf: 1 },
  Array.from({ length: 3_000 }, (_, index) => index),
  Array.from({ length: 600 }, () => '8a45c737-f580-4730-b9d1-92dd38502973'),
];

/** 2,900 bytes that do not compress: more than an index entry holds. */
export const LONG_UNICODE = Array.from({ length: 960 }, (_, index) =>
  String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
).join('');

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const MiB = 1024 * 1024;

/** Whole bodies that no schema would make; `property` is one that the route knows. */
export const HOSTILE_BODIES: Record<string, (property: string) => Buffer | string> = {
  'ten thousand arrays in each other': () => nested(10_000, '[', ']'),
  'ten thousand objects in a known property': (property) =>
    `{"${property}":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
  'ten thousand arrays in an unknown property': () => `{"zodiac":${nested(10_000, '[', ']')}}`,
  'prototype keys': (property) =>
    `{"__proto__":{"admin":true,"${property}":"x"},"constructor":{"prototype":{"admin":true}},"hasOwnProperty":1}`,
  'prototype keys within': (property) => `{"${property}":{"__proto__":{"id":"x"},"constructor":null}}`,
  'an unknown name that ends in half an emoji': () => `{"${'a'.repeat(79)}😀":1}`,
  'twenty thousand unknown names': () =>
    `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}\\n\\u0000é":${index}`).join()}}`,
  'one property twice': (property) => `{"${property}":"one","${property}":["two"]}`,
  'a megabyte of emails': (property) => {
    const emails = Array.from({ length: 45_000 }, (_, index) => `"a${index}@x.example"`).join();
    return `{"${property}":[${emails}],"emails":[${emails.slice(0, 20)}"]}`;
  },
  'a megabyte in one string': (property) => `{"${property}":"${'a@'.repeat(MiB / 2 - 50)}"}`,
  'more than a megabyte': (property) => `{"${property}":"${'a'.repeat(MiB)}"}`,
  'numbers past all bounds': (property) =>
    `{"${property}":1e400,"emails":[-1e400],"limit":1${'0'.repeat(400)}}`,
  'no JSON number': (property) => `{"${property}":NaN}`,
  'an escaped NUL': (property) => `{"${property}":"a\\u0000b"}`,
  'half of a surrogate pair': (property) => `{"${property}":"\\ud83d"}`,
  'bytes that are not UTF-8': (property) =>
    bytes(`{"${property}":"`, [0xc3, 0x28, 0xff, 0xed, 0xa0, 0x80], '"}'),
  'UTF-16': (property) => Buffer.from(`{"${property}":"x"}`, 'utf16le'),
  'a byte order mark and nothing else': () => bytes([0xef, 0xbb, 0xbf]),
  nothing: () => '',
  blanks: () => '  \n',
  'cut short': (property) => `{"${property}":"x`,
  'a list': () => '[{}]',
  'a string': () => '"x"',
  null: () => 'null',
};
