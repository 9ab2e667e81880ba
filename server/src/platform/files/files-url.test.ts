import { expect, it } from 'vitest';
import { readFilesUrl } from './files-url.ts';

it.each([
  ['s3://key:secret@s3.example.org/photos', 'https://s3.example.org', 'us-east-1'],
  ['s3://key:secret@s3.example.org/photos/', 'https://s3.example.org', 'us-east-1'],
  [
    's3://key:secret@s3.example.org:9000/photos?region=eu-central-1',
    'https://s3.example.org:9000',
    'eu-central-1',
  ],
  ['s3://key:secret@localhost:9000/photos?tls=off', 'http://localhost:9000', 'us-east-1'],
  ['s3://key:secret@[::1]:9000/photos?tls=on&region=x', 'https://[::1]:9000', 'x'],
])('%s', (url, endpoint, region) => {
  expect(readFilesUrl(url)).toEqual({
    endpoint,
    region,
    bucket: 'photos',
    accessKey: 'key',
    secret: 'secret',
  });
});

it('decodes key and secret', () => {
  expect(readFilesUrl('s3://k%2Fy:s%2Fe%2Bc%40@host/photos')).toMatchObject({
    accessKey: 'k/y',
    secret: 's/e+c@',
  });
});

it.each([
  '',
  'photos',
  'https://key:secret@s3.example.org/photos',
  's3://s3.example.org/photos',
  's3://key@s3.example.org/photos',
  's3://:secret@s3.example.org/photos',
  's3://key:sec/ret@s3.example.org/photos',
  's3://key:%ff@s3.example.org/photos',
  's3://key:secret@/photos',
  's3://key:secret@ho%20st/photos',
  's3://key:secret@host:99999/photos',
  's3://key:secret@s3.example.org',
  's3://key:secret@s3.example.org/',
  's3://key:secret@s3.example.org/photos/of/people',
  's3://key:secret@s3.example.org/Photos',
  's3://key:secret@s3.example.org/../x',
  's3://key:secret@s3.example.org/photos?regoin=eu-central-1',
  's3://key:secret@s3.example.org/photos?tls=no',
  's3://key:secret@s3.example.org/photos?region=',
  's3://key:secret@s3.example.org/photos#x',
])('not %j', (url) => {
  expect(readFilesUrl(url)).toBeUndefined();
});
