import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dataUri } from './data-uri.ts';
import { noise } from './fixtures/pictures.ts';
import { photoFromDataUri } from './photo-from-data-uri.ts';

const holds = (text: string) => {
  const found = dataUri(text);
  return found && [found.contentType, found.bytes.toString()];
};

describe('a data URI', () => {
  it.each([
    ['data:image/png;base64,SGVsbG8=', 'image/png', 'Hello'],
    ['DATA:Image/PNG;Base64,SGVsbG8=', 'image/png', 'Hello'],
    ['data:image/svg+xml;charset=utf-8;base64,SGVsbG8', 'image/svg+xml', 'Hello'],
    ['data:;base64,SGVsbG8=', 'text/plain', 'Hello'],
    ['data:image/png;base64,', 'image/png', ''],
    ['data:image/png;base64, SGVs\r\n\tbG8=\n', 'image/png', 'Hello'],
    ['data:image/png;base64,/+8=', 'image/png', Buffer.of(0xff, 0xef).toString()],
  ])('%j', (text, ...expected) => {
    expect(holds(text)).toEqual(expected);
  });

  it.each([
    '',
    'SGVsbG8=',
    'https://example.org/photo.png',
    'data:image/png,SGVsbG8=',
    'data:image/png;base64',
    'data:image/png;base64;SGVsbG8=',
    'data:image/png;base64;charset=utf-8,SGVsbG8=',
    'data:image;base64,SGVsbG8=',
    'data:image/png/x;base64,SGVsbG8=',
    ' data:image/png;base64,SGVsbG8=',
    'data:image/png;base64,SGVsbG8=!',
    'data:image/png;base64,SGVsbG8===',
    'data:image/png;base64,SGVs=bG8',
    'data:image/png;base64,SGVsb',
    'data:image/png;base64,SGVsbG8%3D',
    'data:image/png;base64,_-8=',
    'data:image/png;base64,SGVs\u00a0bG8=',
    'data:image/png;base64,SGVs\0bG8=',
    `data:image/png${';a=b'.repeat(100)};base64,SGVsbG8=`,
  ])('not %j', (text) => {
    expect(dataUri(text)).toBeUndefined();
  });

  it('of fourteen million characters, wrapped or not', () => {
    const bytes = randomBytes(10 * 1024 * 1024);
    const text = bytes.toString('base64');
    for (const written of [text, text.replaceAll(/.{76}/g, '$&\r\n')]) {
      expect(dataUri(`data:image/png;base64,${written}`)?.bytes.equals(bytes)).toBe(true);
      expect(dataUri(`data:image/png;base64,${written}!`)).toBeUndefined();
    }
  });
});

describe('a photo as a data URI', () => {
  const uri = (bytes: Buffer, type: string) => `data:${type};base64,${bytes.toString('base64')}`;

  it('is the photo it says it is', async () => {
    const jpeg = await noise(30, 20).jpeg().toBuffer();
    const png = await noise(30, 20).png().toBuffer();
    expect(await photoFromDataUri(uri(png, 'image/png'))).toMatchObject({ contentType: 'image/png' });
    for (const type of ['image/jpeg', 'IMAGE/JPEG', 'image/jpg']) {
      expect(await photoFromDataUri(uri(jpeg, type))).toMatchObject({ contentType: 'image/jpeg' });
    }
  });

  it('is none where it is another thing', async () => {
    const png = await noise(30, 20).png().toBuffer();
    const refused = async (text: string) => photoFromDataUri(text);
    expect(await refused(uri(png, 'image/jpeg'))).toEqual({
      refused: 'must be what it says it is: it says image/jpeg, and is image/png',
    });
    expect(await refused(uri(png, ''))).toEqual({
      refused: 'must be what it says it is: it says text/plain, and is image/png',
    });
    expect(await refused(uri(Buffer.from('<svg/>'), 'image/svg+xml'))).toEqual({
      refused: 'must be a JPEG, PNG or WebP picture',
    });
    expect(await refused(uri(Buffer.alloc(10 * 1024 * 1024 + 1), 'image/png'))).toEqual({
      refused: 'must be at most 10 MiB',
    });
    expect(await refused('a photo')).toEqual({ refused: expect.stringMatching(/^must be a data URI/) });
  });
});
