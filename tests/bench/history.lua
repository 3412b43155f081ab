-- Pages of 50 messages of the visitor `bench`, each from another place of the room PARLEY_ROOM, whose messages are one second apart and
-- began PARLEY_MESSAGES seconds before 2024.
local room, messages = os.getenv('PARLEY_ROOM'), tonumber(os.getenv('PARLEY_MESSAGES'))
local first = 1704067200 - messages

request = function()
  local at = first + math.random(50, messages)
  local time = os.date('!%Y-%m-%dT%H:%M:%S', at) .. string.format('.%03dZ', math.random(0, 999))
  return wrk.format('GET', '/api/v1/livechat/messages.history/' .. room .. '?token=bench&limit=50&end=' .. time)
end
