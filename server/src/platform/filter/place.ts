import { invalid } from '../problem.ts';
import type { Leaf } from './condition.ts';
import type { Bind } from './fields.ts';
import { boundedNumber } from './values.ts';

const EARTH_RADIUS = 6_371.0088;
const FARTHEST = 20_040;
/** What the box is wider than the circle, in degrees: rounding must not put a place outside. */
const MARGIN = 1e-5;
// PostgreSQL takes a product that is too small to be written for an error. These are below a millimetre.
const LEAST_ANGLE = 1e-12;
const LEAST_HAVERSINE = 1e-27;

const degrees = (radians: number) => (radians * 180) / Math.PI;
const radians = (angle: number) => (angle * Math.PI) / 180;

/** Within `km` of a place, by the great circle: a box of latitudes and longitudes, and in it the haversine formula. */
export function placeCondition({ value, path }: Leaf, lat: string, lon: string, bind: Bind): string {
  const centre = placeValue(value, path);
  const angle = Math.min(centre.km / EARTH_RADIUS, Math.PI);
  const float = (number: number) => bind('float8', number);
  const height = degrees(angle) + MARGIN;
  const [phi, lambda] = [float(centre.lat), float(centre.lon)];
  const haversine = `${squaredSine(`${lat} - ${phi}`)} + cosd(${lat}) * cosd(${phi}) * ${squaredSine(`${lon} - ${lambda}`)}`;
  return `(${[
    `${lat} is not null and ${lon} is not null`,
    `${lat} >= ${float(centre.lat - height)} and ${lat} <= ${float(centre.lat + height)}`,
    ...longitudes(lon, centre, angle, float),
    `least(1, ${haversine}) <= ${float(Math.max(Math.sin(angle / 2) ** 2, LEAST_HAVERSINE))}`,
  ].join(' and ')})`;
}

function squaredSine(difference: string): string {
  return `sind(greatest(abs(${difference}), ${LEAST_ANGLE}) / 2) ^ 2`;
}

/** Nothing where a pole is within, and so every longitude. Two stretches where the date line is. */
function longitudes(
  column: string,
  { lat, lon }: { lat: number; lon: number },
  angle: number,
  float: (number: number) => string,
): string[] {
  if (Math.abs(lat) + degrees(angle) + MARGIN >= 90) return [];
  const width = degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(lat))))) + MARGIN;
  const [west, east] = [lon - width, lon + width];
  const crossing = west < -180 || east > 180;
  const from = `${column} >= ${float(west < -180 ? west + 360 : west)}`;
  const to = `${column} <= ${float(east > 180 ? east - 360 : east)}`;
  return [crossing ? `(${from} or ${to})` : `${from} and ${to}`];
}

function placeValue(value: unknown, path: string): { lat: number; lon: number; km: number } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(path, 'must be an object with lat, lon and km');
  }
  const { lat, lon, km } = value as Record<string, unknown>;
  const place = {
    lat: boundedNumber(lat, `${path}.lat`, -90, 90),
    lon: boundedNumber(lon, `${path}.lon`, -180, 180),
    km: boundedNumber(km, `${path}.km`, 0, FARTHEST),
  };
  if (place.km === 0) throw invalid(`${path}.km`, 'must be greater than 0');
  return place;
}
