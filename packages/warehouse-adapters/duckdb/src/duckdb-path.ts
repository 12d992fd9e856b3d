import { open, stat } from 'node:fs/promises';
import { WarehouseError } from '@aegis/spec';

const magicOffset = 8;
const magic = 'DUCK';

/**
 * Says what is wrong with a database file before the engine is asked: it answers some of these cases in a misleading
 * way, e.g. a Parquet file with "Cannot launch in-memory database".
 * @throws WarehouseError `connection`
 */
export const checkDatabaseFile = async (path: string): Promise<void> => {
  const found = await stat(path).catch(() => undefined);
  if (!found) {
    throw refused(`the database ${path} does not exist`, 'Check the path; it is relative to the folder of aegis.yaml.');
  }
  if (found.isDirectory()) throw refused(`${path} is a folder`, notADatabase);
  if (found.size === 0) throw refused(`${path} is empty`, 'The file has 0 bytes; restore the database.');
  if ((await magicOf(path)) !== magic) throw refused(`${path} is not a DuckDB database`, notADatabase);
};

const notADatabase = 'Name a DuckDB database in path; data files are named by the rules themselves.';

const magicOf = async (path: string): Promise<string> => {
  const file = await open(path).catch((cause: unknown) => {
    throw new WarehouseError('connection', `cannot read ${path}`, { hint: 'Check its permissions.', cause });
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magic.length), 0, magic.length, magicOffset);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
};

const refused = (message: string, hint: string) => new WarehouseError('connection', message, { hint });
