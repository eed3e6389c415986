// The pool of ordinary connections to PostgreSQL, and where PostgreSQL is.
// Everything but the journal's own connection goes through it: the vault, the records, accounts, migrations.
// bigint and numeric columns come back as numbers; the parsers belong to the pool, never to the whole process,
// so that a library which expects strings still gets strings.
// It must not know which tables exist.
import pg from 'pg';

/** Where PostgreSQL listens: a folder with a unix socket (the embedded server) or a host, or a URL. */
export type Connection =
  | { readonly host: string; readonly port: number; readonly user: string; readonly database: string }
  | { readonly url: string };

const poolSizeDefault = 8;
const connectTimeoutMs = 10_000;
const oidInt8 = 20;
const oidNumeric = 1700;

/** Reads a bigint or numeric column as a number; refuses to round in silence. */
export function numberFromText(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new Error('A column holds an integer above 2^53, which a JavaScript number cannot keep exactly.');
  }
  return value;
}

/** The parsers of one connection: those of pg, except that bigint and numeric are numbers. */
export const columnParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const binary = format === 'binary';
    if (!binary && (oid === oidInt8 || oid === oidNumeric)) return numberFromText;
    return binary ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
};

/** What both pool and journal give to pg: the place, the parsers, and keep-alive so that a dead peer is noticed. */
export function clientSettings(connection: Connection, applicationName: string): pg.ClientConfig {
  const place =
    'url' in connection
      ? { connectionString: connection.url }
      : {
          host: connection.host,
          port: connection.port,
          user: connection.user,
          database: connection.database,
        };
  return { ...place, application_name: applicationName, types: columnParsers, keepAlive: true };
}

/** `DATABASE_URL` when it is set, else the embedded server's own address. */
export function chooseConnection(
  environment: Readonly<Record<string, string | undefined>>,
  embedded: Connection,
): Connection {
  const url = environment.DATABASE_URL;
  return url === undefined || url === '' ? embedded : { url };
}

/**
 * Opens a pool. `onError` hears of idle connections that broke: without a listener a restart of the server
 * would end the process. The text given to it carries no value of any row.
 */
export function openPool(
  connection: Connection,
  options: { readonly sizeMax?: number; readonly onError?: (message: string) => void } = {},
): pg.Pool {
  const pool = new pg.Pool({
    ...clientSettings(connection, 'rappel'),
    max: options.sizeMax ?? poolSizeDefault,
    connectionTimeoutMillis: connectTimeoutMs,
  });
  pool.on('error', (error) => options.onError?.(error.message));
  // One that is lent breaks between two of its queries: its borrower hears of it at the next one, and the process goes on.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
