import type { ActivityObserver } from './activity.ts';

/** Combines observers into one; null if there are none, so that no event is dispatched in vain. */
export function observersAsOne(observers: readonly (ActivityObserver | null)[]): ActivityObserver | null {
  const present = observers.filter((observer) => observer !== null);
  const [only] = present;
  if (only === undefined) return null;
  if (present.length === 1) return only;
  return {
    onBegin: (activity) => {
      for (const observer of present) observer.onBegin?.(activity);
    },
    onEnd: (activity, error) => {
      for (const observer of present) observer.onEnd?.(activity, error);
    },
    onSend: (attempt, activity) => {
      let headers: Readonly<Record<string, string>> | undefined;
      for (const observer of present) {
        const added = observer.onSend?.(attempt, activity);
        if (added !== undefined) headers = { ...headers, ...added };
      }
      return headers;
    },
    onReceived: (attempt, activity) => {
      for (const observer of present) observer.onReceived?.(attempt, activity);
    },
    onWait: (wait, activity) => {
      for (const observer of present) observer.onWait?.(wait, activity);
    },
  };
}
