/** Tells the parent where a server listens, answers how it fares, and stops it when the parent lets go. */
export function serveParent(port: number, stop: () => Promise<void>): void {
  process.on('message', () => {
    const [all, main] = [process.cpuUsage(), process.threadCpuUsage()];
    const [cpuUs, mainUs] = [all.user + all.system, main.user + main.system];
    process.send?.({ rss: process.memoryUsage().rss, cpuUs, mainUs });
  });
  process.on('disconnect', () => {
    void stop();
  });
  process.send?.({ port });
}
