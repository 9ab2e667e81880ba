import { type DestinationStream, type Logger, pino } from 'pino';

/** JSON lines on standard output, or on `destination`. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination as DestinationStream,
  );
}
