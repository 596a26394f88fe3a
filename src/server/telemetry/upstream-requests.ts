import type { Activity, UpstreamAttempt, Wait } from '../../domain/activity.ts';

/** A request of an activity, or of one that it waited for. */
export type FoundRequest = {
  attempt: UpstreamAttempt;
  /** The activity that sent it. */
  sender: Activity;
  /** Somebody else's, who has begun it: it is waited for together. */
  isShared: boolean;
  /** How many requests had to be answered one after another before it, and itself. */
  round: number;
};

export type FoundWait = { wait: Wait; sender: Activity; isShared: boolean };

/** All that an activity has asked or waited for, in the order in which it began. Nothing appears twice. */
export function requestsOf(activity: Activity): { requests: FoundRequest[]; waits: FoundWait[] } {
  const requests: FoundRequest[] = [];
  const waits: FoundWait[] = [];
  const seen = new Map<Activity, { rounds: number }>();

  /** Returns the round in which its last answer came. */
  function visit(sender: Activity, isShared: boolean, earlierRounds: number): number {
    const known = seen.get(sender);
    if (known !== undefined) return known.rounds;
    const visited = { rounds: earlierRounds };
    seen.set(sender, visited);
    for (const wait of sender.waits) waits.push({ wait, sender, isShared });
    const ended: { at: number; round: number }[] = [];
    const roundBefore = (time: number) =>
      ended.reduce((latest, { at, round }) => (at <= time ? Math.max(latest, round) : latest), earlierRounds);
    const steps = [...sender.attempts, ...sender.joins].sort((a, b) => a.startedAt - b.startedAt);
    for (const step of steps) {
      const before = roundBefore(step.startedAt);
      const isJoin = 'activity' in step;
      const round = isJoin ? visit(step.activity, isShared || !step.isOwn, before) : before + 1;
      if (!isJoin) requests.push({ attempt: step, sender, isShared, round });
      ended.push({ at: step.endedAt ?? Number.POSITIVE_INFINITY, round });
      visited.rounds = Math.max(visited.rounds, round);
    }
    return visited.rounds;
  }

  visit(activity, false, 0);
  requests.sort((a, b) => a.attempt.startedAt - b.attempt.startedAt);
  waits.sort((a, b) => a.wait.startedAt - b.wait.startedAt);
  return { requests, waits };
}
