import { script } from './redis.ts';

/** That the log keeps, of the last hour. */
export const maxEntries = 200;
const entriesLastSeconds = 3_600;
/** Longer than it takes until a replica reads the log again. */
const logLastsMs = 2 * 3_600_000;
/** Of scripts with KEYS: head, log. An entry is its id, the second of its writing, and the sealed record, after a space each. */
const common = `
  local now = redis.call('TIME')[1]
  local function push(id, sealed)
    redis.call('RPUSH', KEYS[2], id .. ' ' .. now .. ' ' .. sealed)
    redis.call('SET', KEYS[1], id)
  end
  local function age(entry)
    return now - (tonumber(string.match(entry, '^%S+ (%d+) ')) or 0)
  end
  local function last()
    redis.call('LTRIM', KEYS[2], -${maxEntries}, -1)
    while redis.call('LLEN', KEYS[2]) > 1 and age(redis.call('LINDEX', KEYS[2], 0)) > ${entriesLastSeconds} do
      redis.call('LPOP', KEYS[2])
    end
    redis.call('PEXPIRE', KEYS[1], ${logLastsMs})
    redis.call('PEXPIRE', KEYS[2], ${logLastsMs})
  end`;

/** ARGV: id, sealed record. Keys that follow head and log are removed. Returns the head of before. */
export const append = script(`${common}
  local previous = redis.call('GET', KEYS[1])
  push(ARGV[1], ARGV[2])
  last()
  for index = 3, #KEYS do redis.call('DEL', KEYS[index]) end
  return previous`);

/**
 * ARGV: an id for a new log, which begins where there is none, or none that ends with the head: whoever has read before
 * finds nothing of their own in it.
 */
export const read = script(`${common}
  local head = redis.call('GET', KEYS[1])
  local latest = redis.call('LINDEX', KEYS[2], -1)
  if not head or not latest or string.sub(latest, 1, #head + 1) ~= head .. ' ' then
    redis.call('DEL', KEYS[2])
    push(ARGV[1], '')
  end
  last()
  return {redis.call('GET', KEYS[1]), redis.call('LRANGE', KEYS[2], 0, -1)}`);
