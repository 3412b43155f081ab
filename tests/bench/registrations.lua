-- Registrations of visitors nobody has seen: each with a token of its own.
local count = 0
local run = tostring(os.time())

request = function()
  count = count + 1
  local body = '{"visitor":{"token":"bench-' .. run .. '-' .. count .. '","name":"Visitor ' .. count .. '"}}'
  return wrk.format('POST', '/api/v1/livechat/visitor', {['Content-Type'] = 'application/json'}, body)
end
