import { script } from './redis.ts';

/** Entries that the log keeps, none older than an hour. */
export const maxEntries = 200;
const entriesLastSeconds = 3_600;
/** Longer than the time between two reads of the log by a replica. */
const logLastsMs = 2 * 3_600_000;
/** For scripts with KEYS: head, log. An entry is `<id> <Unix seconds> <sealed record>`. */
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

/** ARGV: id, sealed record. Deletes the keys after head and log. Returns the previous head. */
export const append = script(`${common}
  local previous = redis.call('GET', KEYS[1])
  push(ARGV[1], ARGV[2])
  last()
  for index = 3, #KEYS do redis.call('DEL', KEYS[index]) end
  return previous`);

/**
 * ARGV: an id for a new log. A new log begins if there is none, or if its last entry is not the head. A replica then does not
 * find its position in the log, and resets.
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
