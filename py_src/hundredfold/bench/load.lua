-- What wrk does for `hundredfold bench serve`: asks one thing again and again, and tells its answers by their status.
-- bench/load.py starts it, says by the environment what is wanted, and reads the lines that done() prints.

local ffi = require("ffi")
ffi.cdef([[
  typedef struct { long s; long ns; } hundredfold_time;
  int clock_gettime(int, hundredfold_time *);
]])
local MONOTONIC = 1 -- Linux, where wrk comes from; Python's time.monotonic() reads the same clock
local NEVER_MS = 1e7
local MOST_BEHIND_S = 0.25 -- what could not be asked in time is not made up for later than this

local from_s = tonumber(os.getenv("LOAD_FROM_S"))
local till_s = tonumber(os.getenv("LOAD_TILL_S"))
local every_s = tonumber(os.getenv("LOAD_EVERY_S")) -- between two requests of one thread; 0: as soon as it can
local timed = os.getenv("LOAD_TIMED") == "1" -- only with one connection to a thread: no answer says whose it is
local threads = {}

local time = ffi.new("hundredfold_time")
local function now_s()
  ffi.C.clock_gettime(MONOTONIC, time)
  return tonumber(time.s) + tonumber(time.ns) / 1e9
end

function setup(thread)
  thread:set("next_s", now_s() - math.random() * every_s)
  table.insert(threads, thread)
end

-- Plain globals are each thread's own, and the only thing that done() can read of it.
sent, answered, sent_within = 0, 0, 0
statuses, good_us, refused_us, model_us = {}, {}, {}, {}
local at_s, asked, begun
local due_s = {} -- of each request that waits for its time, which come in this order

function init()
  local file = assert(io.open(os.getenv("LOAD_BODY"), "rb"))
  wrk.headers["Content-Type"] = "application/json"
  asked = wrk.format("POST", nil, nil, file:read("*a"))
  file:close()
end

function delay()
  if not begun then -- wrk has tried request() before, without sending it
    begun, sent = true, 0
  end
  local now = now_s()
  if now >= till_s then return NEVER_MS end -- what is under way is waited for, and nothing more is asked
  if every_s == 0 then return 0 end
  next_s = math.max(next_s + every_s, now - MOST_BEHIND_S)
  table.insert(due_s, next_s)
  return math.max(0, math.floor((next_s - now) * 1e3 + 0.5))
end

function request()
  sent = sent + 1
  at_s = now_s()
  -- What was due before and comes late would make it more than was wanted.
  local due = table.remove(due_s, 1) or at_s
  if due >= from_s and at_s >= from_s and at_s < till_s then sent_within = sent_within + 1 end
  return asked
end

function response(status, headers, body)
  answered = answered + 1
  local now = now_s()
  if now < from_s or now >= till_s then return end
  local name = tostring(status)
  statuses[name] = (statuses[name] or 0) + 1
  if not timed then return end
  local took_us = math.floor((now - at_s) * 1e6)
  if status >= 200 and status < 300 then
    good_us[#good_us + 1] = took_us
    local model_ms = string.match(body, '"model_ms"%s*:%s*{[^}]*"median"%s*:%s*([%d.eE+-]+)')
    if model_ms then model_us[#model_us + 1] = math.floor(model_ms * 1e3) end
  elseif status == 503 or status == 429 then
    refused_us[#refused_us + 1] = took_us
  end
end

local function line(name, values)
  print("load " .. name .. " " .. table.concat(values, " "))
end

function done(summary)
  local counts, all = { sent = 0, answered = 0, sent_within = 0 }, {}
  for _, thread in ipairs(threads) do
    for name in pairs(counts) do counts[name] = counts[name] + thread:get(name) end
    for status, count in pairs(thread:get("statuses")) do all[status] = (all[status] or 0) + count end
  end
  for name, count in pairs(counts) do line(name, { count }) end
  for status, count in pairs(all) do line("status", { status, count }) end
  for name, count in pairs(summary.errors) do line("error", { name, count }) end
  for _, name in ipairs({ "good_us", "refused_us", "model_us" }) do
    for _, thread in ipairs(threads) do line(name, thread:get(name)) end
  end
end
