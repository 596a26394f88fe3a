import type { Logger } from 'pino';
import { upstreams as allUpstreams } from '../domain/upstream.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';

const betweenLinesMs = 5_000;

/**
 * Logs how far the directories of people have been read: every five seconds while that lasts, and when one is complete
 * that was long in coming or never was there before.
 */
export function reportDirectories(upstreams: Upstreams, logger: Logger): void {
  for (const upstream of allUpstreams) {
    const monitor = upstreams.monitor(upstream);
    if (monitor === null) continue;
    let isReading = false;
    let toldAt = 0;
    let isNews = true;
    monitor.onDirectoryRead = ({ people, expected, isComplete }) => {
      if (!isReading) toldAt = Date.now();
      isReading = !isComplete;
      const isLong = Date.now() - toldAt >= betweenLinesMs;
      if (isComplete ? !isNews : !isLong) return;
      logger.info({ upstream, people, expected }, isComplete ? 'directory complete' : 'directory being read');
      toldAt = Date.now();
      isNews = !isComplete;
    };
  }
}
