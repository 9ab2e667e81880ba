import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  blackPng,
  noise,
  partsOf,
  pngChunk,
  quarters,
  withScans,
  withSegments,
} from './fixtures/pictures.ts';
import { jpegOutline } from './jpeg-outline.ts';
import { type Photo, photoOf } from './photo-of.ts';

const NO_PHOTO = { refused: 'must be a JPEG, PNG or WebP picture' };
const DAMAGED = { refused: expect.stringMatching(/^must be a whole picture/) };
const TOO_MUCH = { refused: expect.stringMatching(/^must be a simpler picture/) };
const TOO_LARGE = { refused: 'must be a smaller picture, of at most 50 million pixels' };

/** The photo, or a failed test that says why there is none. */
async function kept(bytes: Buffer | Promise<Buffer>): Promise<Photo> {
  const photo = await photoOf(await bytes);
  if ('refused' in photo) throw new Error(photo.refused);
  return photo;
}
const sizeOf = async ({ bytes }: Photo) => {
  const { width, height } = await sharp(bytes).metadata();
  return [width, height];
};
/** The colour in the middle of a corner's quarter, as the nearest of the eight plain ones. */
async function corner({ bytes }: Photo, right: boolean, below: boolean): Promise<string> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const x = Math.floor(info.width * (right ? 0.75 : 0.25));
  const y = Math.floor(info.height * (below ? 0.75 : 0.25));
  const at = (y * info.width + x) * 3;
  const [r, g, b] = [...data.subarray(at, at + 3)].map((value) => (value > 127 ? 1 : 0));
  const plain: Record<string, string> = { '100': 'red', '010': 'green', '001': 'blue', '111': 'white' };
  return plain[`${r}${g}${b}`] ?? 'another';
}
const formats = ['jpeg', 'png', 'webp'] as const;

describe('a photo', () => {
  it.each(formats)('%s stays what it is', async (format) => {
    const photo = await kept(noise(300, 200).toFormat(format).toBuffer());
    expect(photo.contentType).toBe(`image/${format}`);
    expect((await sharp(photo.bytes).metadata()).format).toBe(format);
    expect(await sizeOf(photo)).toEqual([300, 200]);
  });

  it.each([
    [2048, 1000, 1024, 500],
    [1000, 4096, 250, 1024],
    [1024, 1024, 1024, 1024],
    [1025, 10, 1024, 10],
    [1, 1, 1, 1],
    [1, 20_000, 1, 1024],
    [20_000, 1, 1024, 1],
  ])('of %i×%i is kept as %i×%i', async (width, height, ...expected) => {
    for (const format of ['jpeg', 'png'] as const) {
      expect(await sizeOf(await kept(quarters(width, height).toFormat(format).toBuffer()))).toEqual(expected);
    }
  });

  it.each([
    [1, 'red', 'green', 'blue'],
    [2, 'green', 'red', 'white'],
    [3, 'white', 'blue', 'green'],
    [4, 'blue', 'white', 'red'],
    [5, 'red', 'blue', 'green'],
    [6, 'blue', 'red', 'white'],
    [7, 'white', 'green', 'blue'],
    [8, 'green', 'white', 'red'],
  ])('of orientation %i is turned upright', async (orientation, topLeft, topRight, bottomLeft) => {
    for (const [format, long, short] of [
      ['jpeg', 120, 80],
      ['png', 120, 80],
      ['webp', 120, 80],
      ['jpeg', 2400, 1600],
    ] as const) {
      const photo = await kept(
        quarters(long, short).withMetadata({ orientation }).toFormat(format).toBuffer(),
      );
      const corners = [
        await corner(photo, false, false),
        await corner(photo, true, false),
        await corner(photo, false, true),
      ];
      expect(corners).toEqual([topLeft, topRight, bottomLeft]);
      const [width, height] = await sizeOf(photo);
      expect(width! > height!).toBe(orientation < 5);
      expect((await sharp(photo.bytes).metadata()).orientation).toBeUndefined();
    }
  });

  it('keeps nothing but the picture', async () => {
    const rich = (format: (typeof formats)[number]) =>
      noise(300, 200)
        .withExif({
          IFD0: { Copyright: 'Ada King', ImageDescription: 'at home' },
          IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
        })
        .withIccProfile('p3')
        .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><who>Ada King</who></x:xmpmeta>')
        .toFormat(format)
        .toBuffer();
    const jpeg = withSegments(
      await rich('jpeg'),
      { marker: 0xfe, data: Buffer.from('a comment of Ada King') },
      { marker: 0xed, data: Buffer.from('Photoshop 3.0\0 Ada King') },
    );
    const png = await rich('png');
    const text = ['tEXt', 'iTXt', 'tIME', 'prVt'].map((type) =>
      pngChunk(type, Buffer.from('Author\0Ada King')),
    );
    const richPng = Buffer.concat([png.subarray(0, 33), ...text, png.subarray(33)]);
    for (const given of [jpeg, richPng, await rich('webp')]) {
      const photo = await kept(given);
      const found = await sharp(photo.bytes).metadata();
      expect([found.exif, found.icc, found.xmp, found.iptc, found.comments]).toEqual(
        Array(5).fill(undefined),
      );
      expect(photo.bytes.includes('Ada King')).toBe(false);
      // JFIF, tables, frame: what is needed to draw it.
      const needed = /^(?:e0|db|c0|c2|c4|IHDR|pHYs|PLTE|tRNS|IDAT|IEND|VP8 |VP8L|VP8X|ALPH)$/;
      expect(partsOf(photo.bytes).filter((part) => !needed.test(part))).toEqual([]);
    }
  });

  it('keeps nothing of what hangs on behind', async () => {
    for (const format of formats) {
      const whole = await noise(30, 20).toFormat(format).toBuffer();
      const photo = await kept(Buffer.concat([whole, Buffer.from('ftypmp42 a motion photo')]));
      expect(photo.bytes.includes('motion')).toBe(false);
    }
  });

  it('becomes 8-bit sRGB, with its transparency', async () => {
    const [cmyk, deep] = await Promise.all([
      quarters(300, 200).toColourspace('cmyk').jpeg().toBuffer(),
      sharp({
        create: { width: 300, height: 200, channels: 4, background: { r: 200, g: 9, b: 9, alpha: 0.5 } },
      })
        .toColourspace('rgb16')
        .png()
        .toBuffer(),
    ]);
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const fromCmyk = await kept(cmyk);
    expect((await sharp(fromCmyk.bytes).metadata()).space).toBe('srgb');
    expect(await corner(fromCmyk, false, false)).toBe('red');
    const { depth, hasAlpha, space } = await sharp((await kept(deep)).bytes).metadata();
    expect({ depth, hasAlpha, space }).toEqual({ depth: 'uchar', hasAlpha: true, space: 'srgb' });
  });

  it('is the first frame of one that moves', async () => {
    const frames = Buffer.concat([Buffer.alloc(50 * 40 * 3, 250), Buffer.alloc(50 * 40 * 3, 5)]);
    const webp = await sharp(frames, { raw: { width: 50, height: 80, channels: 3, pageHeight: 40 } })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer();
    expect((await sharp(webp).metadata()).pages).toBe(2);
    const first = await kept(webp);
    const { pages, width, height } = await sharp(first.bytes).metadata();
    expect([pages, width, height]).toEqual([undefined, 50, 40]);
    expect(await corner(first, false, false)).toBe('white');

    const apng = await kept(animatedPng());
    expect(await sizeOf(apng)).toEqual([10, 10]);
    expect(partsOf(apng.bytes)).not.toContain('fcTL');
  });
});

describe('no photo', () => {
  const rest = Buffer.alloc(3000, 0x20);
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a byte', Buffer.of(0xff)],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
    ['PDF', Buffer.from('%PDF-1.7\n')],
    ['HEIC', Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), rest])],
    ['AVIF', Buffer.concat([Buffer.from('\0\0\0\x1cftypavif\0\0\0\0avifmif1', 'latin1'), rest])],
    ['TIFF', Buffer.concat([Buffer.from('II*\0', 'latin1'), rest])],
    ['BMP', Buffer.concat([Buffer.from('BM', 'latin1'), rest])],
    ['a sound', Buffer.concat([Buffer.from('RIFF\x40\0\0\0WAVEfmt ', 'latin1'), rest])],
    ['a picture behind a blank', Buffer.concat([Buffer.from(' '), blackPng(2, 2)])],
  ])('%s', async (_what, bytes) => {
    expect(await photoOf(bytes)).toEqual(NO_PHOTO);
  });

  it('what is a document, a page or an archive as well', async () => {
    const jpeg = await noise(30, 20).jpeg().toBuffer();
    const comment = (text: string) => withSegments(jpeg, { marker: 0xfe, data: Buffer.from(text) });
    const png = blackPng(20, 20, { before: [pngChunk('tEXt', Buffer.from('a\0<script>alert(1)</script>'))] });
    const zip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
    const zipWithComment = Buffer.concat([zip.subarray(0, 20), Buffer.of(3, 0), Buffer.from('abc')]);
    const polyglots = [
      comment('%PDF-1.4\n1 0 obj'),
      comment('<HTML><body onload=alert(1)>'),
      comment('<svg onload=alert(1)>'),
      comment('<?php system($_GET[0]);'),
      png,
      Buffer.concat([jpeg, zip]),
      Buffer.concat([blackPng(20, 20), zipWithComment]),
    ];
    for (const polyglot of polyglots) expect(await photoOf(polyglot)).toEqual(NO_PHOTO);
    await kept(comment('Grüße <me@example.org>'));
    await kept(Buffer.concat([jpeg, zip, Buffer.from('PK and more that is no archive')]));
  });

  it.each(formats)('%s that is cut off or damaged', async (format) => {
    const whole = await noise(800, 600).toFormat(format).toBuffer();
    const cuts = [0.01, 0.3, 0.6, 0.99].map((share) => whole.subarray(0, Math.floor(whole.length * share)));
    for (const cut of [...cuts, whole.subarray(0, -2)]) expect(await photoOf(cut)).toEqual(DAMAGED);
    const start = whole.subarray(0, format === 'jpeg' ? 3 : format === 'png' ? 8 : 12);
    expect(await photoOf(Buffer.concat([start, Buffer.alloc(5000, 7)]))).toEqual(DAMAGED);
    expect(await photoOf(Buffer.concat([start, Buffer.alloc(5000)]))).toEqual(DAMAGED);
  });

  it('a JPEG whose end alone is cut off, also where the last bits happen to be enough for its pixels', async () => {
    for (const width of [12, 13, 14, 33, 34, 64]) {
      const whole = await quarters(width, 16).jpeg().toBuffer();
      await kept(whole);
      for (const missing of [1, 2]) expect(await photoOf(whole.subarray(0, -missing))).toEqual(DAMAGED);
    }
  });

  it('JPEG or PNG with bits that flipped', async () => {
    const jpeg = await noise(800, 600).jpeg().toBuffer();
    for (let at = 20_000; at < 24_000; at += 7) jpeg[at] = jpeg[at]! ^ 0x55;
    expect(await photoOf(jpeg)).toEqual(DAMAGED);
    const png = await noise(800, 600).png().toBuffer();
    const middle = png.length >> 1;
    png[middle] = png[middle]! ^ 1;
    expect(await photoOf(png)).toEqual(DAMAGED);
  });

  it('what is over 10 MiB', async () => {
    const jpeg = await noise(30, 20).jpeg().toBuffer();
    const most = 10 * 1024 * 1024;
    await kept(Buffer.concat([jpeg, Buffer.alloc(most - jpeg.length)]));
    expect(await photoOf(Buffer.concat([jpeg, Buffer.alloc(most - jpeg.length + 1)]))).toEqual({
      refused: 'must be at most 10 MiB',
    });
  });
});

describe('a bomb', () => {
  it('of 30,000 × 30,000 pixels is refused without its pixels', async () => {
    const bombs = [
      blackPng(30_000, 30_000, { data: Buffer.alloc(50_000_000) }),
      blackPng(7072, 7072, { data: Buffer.alloc(1000) }),
    ];
    const before = process.resourceUsage().maxRSS;
    for (const bomb of bombs) expect(await photoOf(bomb)).toEqual(TOO_LARGE);
    // In kilobytes; the pixels of the first would be 2.7 GB.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(500_000);
    expect(await photoOf(blackPng(2 ** 31 - 1, 2 ** 31 - 1, { data: Buffer.alloc(1000) }))).toEqual(DAMAGED);
  });

  it('of one column is refused', async () => {
    expect(await photoOf(blackPng(1, 1_000_000))).toEqual(TOO_LARGE);
  });

  it('that has to be held whole is refused', async () => {
    expect(
      await photoOf(blackPng(6000, 6000, { depth: 16, interlaced: true, data: Buffer.alloc(1000) })),
    ).toEqual(TOO_MUCH);
  });

  it('of scans is refused, a progressive JPEG is not', async () => {
    const progressive = await noise(300, 200).jpeg({ progressive: true }).toBuffer();
    const { scans } = jpegOutline(progressive);
    expect(scans).toBeGreaterThan(5);
    expect(scans).toBeLessThan(20);
    await kept(progressive);
    const many = withScans(progressive, 200);
    expect(jpegOutline(many).scans).toBe(scans + 200);
    expect(await photoOf(many)).toEqual(TOO_MUCH);
    const inside = withSegments(progressive, { marker: 0xe1, data: Buffer.alloc(60_000, 'ffda0008', 'hex') });
    expect(jpegOutline(inside).scans).toBe(scans);
  });
});

it('many photos at once are all read', async () => {
  const given = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      noise(20 + at, 20)
        .png()
        .toBuffer(),
    ),
  );
  const photos = await Promise.all(given.map(kept));
  expect(await Promise.all(photos.map(sizeOf))).toEqual(given.map((_, at) => [20 + at, 20]));
});

/** Two frames; the first is the picture that programs see that know nothing of such. */
function animatedPng(): Buffer {
  const plain = blackPng(10, 10);
  const number = (...values: number[]) => Buffer.concat(values.map((value) => Buffer.of(0, 0, 0, value)));
  const control = (sequence: number) =>
    pngChunk('fcTL', Buffer.concat([number(sequence, 10, 10, 0, 0), Buffer.of(0, 1, 0, 10, 0, 0)]));
  const idat = plain.indexOf('IDAT') - 4;
  const end = plain.length - 12;
  const frame = plain.subarray(idat + 8, end - 4);
  return Buffer.concat([
    plain.subarray(0, idat),
    pngChunk('acTL', number(2, 0)),
    control(0),
    plain.subarray(idat, end),
    control(1),
    pngChunk('fdAT', Buffer.concat([number(2), frame])),
    plain.subarray(end),
  ]);
}
