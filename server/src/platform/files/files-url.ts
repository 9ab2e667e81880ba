export interface S3Settings {
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secret: string;
}

const BUCKET = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/;
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
const REGION = /^[a-z0-9-]{1,40}$/;

/** HEADWATER_FILES_URL, taken apart: `s3://<access key>:<secret>@<host[:port]>/<bucket>?region=…&tls=off`. */
export function readFilesUrl(text: string): S3Settings | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== 's3:' || url.hash !== '' || !HOST.test(url.host)) return undefined;
  const bucket = BUCKET.exec(url.pathname)?.[1];
  const { region = 'us-east-1', tls = 'on', ...unknown } = Object.fromEntries(url.searchParams);
  const understood = REGION.test(region) && /^(?:on|off)$/.test(tls) && Object.keys(unknown).length === 0;
  const accessKey = decoded(url.username);
  const secret = decoded(url.password);
  const endpoint = `${tls === 'off' ? 'http' : 'https'}://${url.host}`;
  if (!bucket || !understood || !accessKey || !secret || !URL.canParse(endpoint)) return undefined;
  return { endpoint, region, bucket, accessKey, secret };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
