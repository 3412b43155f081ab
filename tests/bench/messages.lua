-- Messages of the visitors `bench-1` to `bench-N`, in turn. PARLEY_ROOMS names their rooms, one after the other.
local rooms = {}
for room in os.getenv('PARLEY_ROOMS'):gmatch('%S+') do rooms[#rooms + 1] = room end
local count = 0

request = function()
  count = count + 1
  local visitor = count % #rooms + 1
  local body = '{"token":"bench-' .. visitor .. '","rid":"' .. rooms[visitor] .. '","msg":"Message number ' .. count .. '"}'
  return wrk.format('POST', '/api/v1/livechat/message', {['Content-Type'] = 'application/json'}, body)
end
