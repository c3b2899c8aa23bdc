-- Sends the requests of a file one after the other, over and over; with "once" each only
-- once, from a line on, and then ends the run.
local lines, token, at, once = {}, nil, 0, false

function init(args)
  for line in io.lines(args[1]) do
    if not token then token = line else lines[#lines + 1] = line end
  end
  once, at = args[2] == "once", tonumber(args[3] or "0")
end

function request()
  if once and at >= #lines then
    return wrk.format("GET", "/healthz")
  end
  at = at + 1
  local method, path, body = lines[(at - 1) % #lines + 1]:match("^(%S+)\t([^\t]+)\t(.*)$")
  local headers = { Authorization = "Bearer " .. token }
  if body ~= "" then headers["Content-Type"] = "application/json" end
  return wrk.format(method, path, headers, body ~= "" and body or nil)
end

function response()
  if once and at >= #lines then wrk.thread:stop() end
end

function done(summary, latency)
  io.write(string.format("RESULT %.1f %.2f %.2f %.2f %d %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, summary.requests, summary.errors.status))
end
