// What the journal's own connection insists on, whatever the server's or the role's defaults are.
// No time limit: a commit that is cancelled while it waits for a replica may be visible and yet not be kept.
// READ COMMITTED: the fence rests on its rule that a locked row is read again. Asynchronous commit is refused,
// because it loses acknowledged rows; every stronger setting is left as it is.
import pg from 'pg';
import { type Connection, clientSettings } from '../../database/pool.ts';

const settings = `
  select set_config('statement_timeout', '0', false),
         set_config('lock_timeout', '0', false),
         set_config('idle_session_timeout', '0', false),
         set_config('idle_in_transaction_session_timeout', '0', false),
         set_config('default_transaction_isolation', 'read committed', false),
         set_config('synchronous_commit',
           case current_setting('synchronous_commit') when 'off' then 'on'
                else current_setting('synchronous_commit') end, false)`;

const connectTimeoutMs = 10_000;

/** Connects, settles the settings, and gives the client; `lost` is called once when the connection is gone. */
export async function openSession(
  connection: Connection,
  name: string,
  lost: (client: pg.Client) => void,
): Promise<pg.Client> {
  const client = new pg.Client({
    ...clientSettings(connection, name),
    connectionTimeoutMillis: connectTimeoutMs,
  });
  let told = false;
  const tellOnce = () => {
    if (!told) lost(client);
    told = true;
  };
  client.on('error', tellOnce);
  client.on('end', tellOnce);
  try {
    await client.connect();
    await client.query(settings);
    return client;
  } catch (error) {
    told = true;
    discard(client);
    throw error;
  }
}

/** Closes without waiting and without caring how it ends. */
export function discard(client: pg.Client): void {
  client.end().catch(() => undefined);
}
