import type { SendRead } from '../cache/running-reading.ts';
import { Activity, type ActivityObserver } from '../domain/activity.ts';
import { cancellation, createRequestContext, inContext } from '../http/request-context.ts';

/** Runs each read in its own request context, because a read can serve several operations. */
export const sendReads =
  (observer: ActivityObserver | null): SendRead =>
  (name, priority, run, beginner) => {
    const controller = new AbortController();
    const activity = new Activity({ name, kind: 'reading', parent: beginner, observer });
    const context = createRequestContext({ activity, priority, signal: controller.signal });
    const result = inContext(context, () => run(controller.signal));
    result.then(
      () => activity.end(),
      (error: unknown) => activity.end(error),
    );
    return {
      activity,
      result,
      within: (then) => inContext(context, then),
      raise: (higher) => context.raise(higher),
      cancel: () => controller.abort(cancellation()),
    };
  };
