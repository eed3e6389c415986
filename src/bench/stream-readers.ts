// Many readers of the live stream in a thread of their own, so that reading does not hold up the centre that is measured.
// They read and throw away.

import { Worker } from 'node:worker_threads';

const READERS = `
  const { parentPort, workerData } = require('node:worker_threads');
  const http = require('node:http');
  const { url, token, count, bytes } = workerData;
  const total = new BigInt64Array(bytes);
  const agent = new http.Agent({ keepAlive: false, maxSockets: Infinity });
  let open = 0;
  for (let n = 0; n < count; n += 1) {
    const request = http.get(url, { agent, headers: { authorization: 'Bearer ' + token } }, (answer) => {
      if (answer.statusCode !== 200) throw new Error('a stream was not opened: ' + answer.statusCode);
      open += 1;
      if (open === count) parentPort.postMessage('open');
      answer.on('data', (part) => Atomics.add(total, 0, BigInt(part.length)));
      answer.on('error', () => {});
    });
    request.on('error', () => {});
  }
  if (count === 0) parentPort.postMessage('open');
`;

export class StreamReaders {
  readonly #worker: Worker;
  readonly #total: BigInt64Array;

  private constructor(worker: Worker, total: BigInt64Array) {
    this.#worker = worker;
    this.#total = total;
  }

  /** Resolves when all of them are being answered. */
  static async open(url: string, token: string, count: number): Promise<StreamReaders> {
    const bytes = new SharedArrayBuffer(8);
    const worker = new Worker(READERS, {
      eval: true,
      workerData: { url: `${url}/api/v1/stream?view=supervisor`, token, count, bytes },
    });
    await new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve());
      worker.once('error', reject);
    });
    return new StreamReaders(worker, new BigInt64Array(bytes));
  }

  get bytes(): number {
    return Number(this.#total[0]);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
