// Keeps a server running: when it ends without being asked to, it is started again, at once the first time and then
// slower and slower, with one line in the log each time. PostgreSQL and Asterisk are both watched with it; it must not
// know what they are.
//
//   running --ended--> waiting --backoff over--> starting --started--> running
//                                                starting --failed---> waiting (longer)
//   any --stop--> stopped

export type Watchable = {
  stop(): Promise<void>;
  onExit(ended: () => void): void;
};

export type WatchOptions<Server extends Watchable> = {
  readonly name: string;
  readonly start: () => Promise<Server>;
  readonly log: (text: string) => void;
  /** Called with every server that takes the place of one that ended; not with the first. */
  readonly onRestart?: (server: Server) => void;
  readonly firstWaitMs?: number;
  readonly longestWaitMs?: number;
};

export type Watched<Server extends Watchable> = {
  /** The server that runs now; undefined while it is being started again. */
  current(): Server | undefined;
  /** Stops the server and the watching. */
  stop(): Promise<void>;
};

/** Starts the server (a failure of this first start is the caller's) and keeps it running until `stop`. */
export async function keepRunning<Server extends Watchable>(
  options: WatchOptions<Server>,
): Promise<Watched<Server>> {
  const firstWaitMs = options.firstWaitMs ?? 100;
  const longestWaitMs = options.longestWaitMs ?? 10_000;
  let current: Server | undefined = await options.start();
  let stopped = false;
  let waitMs = firstWaitMs;
  let startedAt = performance.now();
  let wake = () => {};
  let restarting: Promise<void> = Promise.resolve();

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function startAgain(): Promise<void> {
    // A server that ran well for a while has earned a quick start; one that keeps dying has not.
    if (performance.now() - startedAt > longestWaitMs) waitMs = firstWaitMs;
    while (!stopped) {
      options.log(`${options.name} ended; starting it again in ${waitMs} ms`);
      await pause(waitMs);
      if (stopped) return;
      waitMs = Math.min(waitMs * 2, longestWaitMs);
      try {
        const server = await options.start();
        startedAt = performance.now();
        current = server;
        watch(server);
        options.log(`${options.name} is running again`);
        if (!stopped) options.onRestart?.(server);
        return;
      } catch (error) {
        options.log(
          `${options.name} could not be started: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  }

  function watch(server: Server): void {
    server.onExit(() => {
      if (current === server) current = undefined;
      if (!stopped) restarting = startAgain();
    });
  }

  watch(current);
  return {
    current: () => current,
    async stop() {
      stopped = true;
      wake();
      await restarting;
      await current?.stop();
      current = undefined;
    },
  };
}
