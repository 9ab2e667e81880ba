import { type Config, ConfigError } from '../../config.ts';
import { checkDataFolder } from './data-folder.ts';
import { checkDatabase } from './database.ts';
import { type Finding, fail, ok } from './finding.ts';
import { checkMail } from './mail.ts';
import { checkNode, checkPackages } from './packages.ts';
import { checkPort } from './port.ts';
import { checkSecret } from './secret.ts';

/**
 * Looks at everything a server of these settings needs. Where the settings or the data folder are not right, not at
 * what follows from them.
 */
export async function diagnose(readSettings: () => Config): Promise<Finding[]> {
  let config: Config;
  try {
    config = readSettings();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...error.problems.map((problem) => fail('settings', problem)), checkNode(), checkPackages()];
  }
  // One after the other: the database may have to be started, and holds the data folder then.
  const folder = await checkDataFolder(config);
  const folderUsable = folder.level === 'ok';
  return [
    ok('settings', 'are right'),
    checkNode(),
    ...(config.databaseUrl ? [] : [checkPackages()]),
    folder,
    ...(folderUsable ? [await checkSecret(config)] : []),
    await checkPort(config, folderUsable),
    ...(folderUsable || config.databaseUrl ? await checkDatabase(config) : []),
    await checkMail(config),
  ];
}
